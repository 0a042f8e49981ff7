import type { OrderReceipt } from '@windlass/contract';
import { IconPrinter } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import { describeAnswer } from '../files/file-options.ts';
import { CopyButton } from '../parts/copy-button.tsx';
import { useOrder, useOrderState } from '../session/session-context.ts';
import { words } from '../words.ts';
import { Notice } from '../parts/notice.tsx';
import { FileFacts } from './file-facts.tsx';
import { QrCode } from './qr-code.tsx';
import { receiptText } from './receipt-text.ts';

const Answers = ({ receipt }: { receipt: OrderReceipt }) => {
  const { customer, fields, answers } = receipt;
  const rows = [
    {
      label: words.receipt.customer,
      text: [customer.name, customer.email, customer.phone].filter(Boolean).join(', '),
    },
    ...fields
      .filter(({ scope }) => scope === 'order')
      .map((field) => ({ label: field.label, text: describeAnswer(field, answers[field.id]) })),
  ].filter(({ text }) => text !== '');
  return (
    <dl className="pairs">
      {rows.map(({ label, text }) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{text}</dd>
        </div>
      ))}
    </dl>
  );
};

/** What customer and lab agree on, once the order is sent. */
export const ReceiptView = ({ receipt }: { receipt: OrderReceipt }) => {
  const session = useOrder();
  const leftBehind = useOrderState((state) => state.leftBehind);
  const title = useRef<HTMLHeadingElement>(null);
  // The form that had the focus is gone; what replaced it is read out.
  useEffect(() => {
    window.scrollTo({ top: 0 });
    title.current?.focus({ preventScroll: true });
  }, []);
  const { number, submittedAt, late, files, bytes, fields, statusUrl, filesUntil, mailed, customer } =
    receipt;
  return (
    <section className="receipt" aria-labelledby="receipt-title">
      <h2 id="receipt-title" ref={title} tabIndex={-1}>
        {words.receipt.title}
      </h2>
      {leftBehind > 0 && (
        <Notice tone="attention" role="status">
          <p>{words.receipt.leftBehind(leftBehind)}</p>
        </Notice>
      )}
      <p className="order-number">{words.order.number(number)}</p>
      <p>
        {words.receipt.sentAt(submittedAt)} · {words.receipt.files(files.length, bytes)}
      </p>
      {late && <p>{words.receipt.late}</p>}
      {mailed && customer.email !== null && <p>{words.receipt.mailed(customer.email)}</p>}
      {filesUntil !== null && <p>{words.receipt.until(filesUntil)}</p>}
      <div className="status-link">
        <QrCode text={statusUrl} />
        <div>
          <p>{words.receipt.keep}</p>
          <a href={statusUrl} className="mono">
            {statusUrl}
          </a>
          <div className="row no-print">
            <CopyButton text={statusUrl} label={words.receipt.copyLink} />
          </div>
        </div>
      </div>
      <Answers receipt={receipt} />
      <details className="hashes">
        <summary>{words.receipt.hashes}</summary>
        <FileFacts files={files} fields={fields} />
      </details>
      <div className="row no-print">
        <CopyButton text={number} label={words.receipt.copyNumber} />
        <CopyButton text={receiptText(receipt)} label={words.receipt.copyReceipt} />
        <button type="button" className="button" onClick={() => window.print()}>
          <IconPrinter size={18} aria-hidden />
          {words.receipt.print}
        </button>
        <button type="button" className="button" data-primary onClick={session.orderAgain}>
          {words.receipt.again}
        </button>
      </div>
    </section>
  );
};
