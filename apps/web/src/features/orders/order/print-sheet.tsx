import type { Order } from '@windlass/contract';
import { formatBytes, formatExact, plural } from '../../../lib/format.ts';
import { QrCode } from '../../../ui/qr-code.tsx';
import { answersSaid } from './answer-text.ts';
import { groupedBy, groupFiles } from './group-files.ts';

/** The sheet that goes through the lab with an order. On screen it is not there; in print nothing else is. */
export const PrintSheet = ({ order }: { order: Order }) => {
  const { fields } = order.form;
  const grouping = groupedBy(fields, undefined);
  const rest = fields.filter(({ scope, id }) => scope === 'file' && !grouping.includes(id));
  const answers = answersSaid(
    fields.filter(({ scope }) => scope === 'order'),
    order.answers,
  );
  const { name, email, phone } = order.customer;
  return (
    <div className="wl-print" aria-hidden="true">
      <header>
        <div>
          <p className="wl-print-number">{order.number}</p>
          <p>
            <b>{name}</b>
            {[email, phone]
              .filter((part) => part !== null)
              .map((part) => (
                <span key={part}> · {part}</span>
              ))}
          </p>
          <p>
            {order.dropTitle} · {formatExact(order.submittedAt ?? order.createdAt)}
            {order.late && ' · late'}
          </p>
          <p>
            {plural(order.items.length, 'file')}, {formatBytes(order.bytes)}
          </p>
        </div>
        <QrCode text={order.statusUrl} label="Status link" size={120} />
      </header>
      {answers.length > 0 && (
        <dl>
          {answers.map(({ id, label, text }) => (
            <div key={id}>
              <dt>{label}</dt>
              <dd>{text}</dd>
            </div>
          ))}
        </dl>
      )}
      {groupFiles(order.items, fields, grouping).map((group) => (
        <section key={group.name}>
          <h2>
            {group.name === '' ? 'Files' : group.name} <small>{plural(group.files.length, 'file')}</small>
          </h2>
          <ol>
            {group.files.map((file) => (
              <li key={file.id}>
                {file.name}
                {answersSaid(
                  rest,
                  pick(
                    file.options,
                    rest.map(({ id }) => id),
                  ),
                ).map(({ id, label, text }) => (
                  <span key={id}>
                    {' '}
                    · {label}: {text}
                  </span>
                ))}
              </li>
            ))}
          </ol>
        </section>
      ))}
    </div>
  );
};

const pick = (options: Order['answers'], ids: readonly string[]): Order['answers'] =>
  Object.fromEntries(Object.entries(options).filter(([id]) => ids.includes(id)));
