import { Text } from '@mantine/core';
import type { Order } from '@windlass/contract';
import { Section } from '../../../ui/section.tsx';
import { Since } from '../../../ui/since.tsx';
import { State } from '../../../ui/state.tsx';
import { OrderStateView } from '../order-state.tsx';
import { mailWords, manifestWords } from '../order-words.ts';

/** `orderReceived` as a person says it: `Order received`. */
const mailName = (kind: string): string => {
  const words = kind
    .replaceAll(/([a-z])([A-Z])/g, '$1 $2')
    .replaceAll(/[._-]/g, ' ')
    .toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
};

/** What happened to an order, newest first, and what it left behind: mails and the manifest. */
export const HistoryCard = ({ order }: { order: Order }) => {
  const manifest = manifestWords[order.manifest];
  return (
    <div className="wl-card">
      <Section title="History">
        <ul className="wl-timeline" aria-label="States of the order">
          {order.events
            .toSorted((a, b) => b.at.localeCompare(a.at))
            .map(({ state, by, at }) => (
              <li key={`${at} ${state}`}>
                <OrderStateView state={state} />
                <Text size="xs" c="dimmed" component="div">
                  <Since time={at} />,{' '}
                  {by ?? (state === 'draft' || state === 'received' ? 'by the customer' : 'by itself')}
                </Text>
              </li>
            ))}
        </ul>
        <div>
          <Text size="sm" fw={500}>
            E-mails
          </Text>
          {order.mails.length === 0 ? (
            <Text size="sm" c="dimmed">
              None was sent.
            </Text>
          ) : (
            <ul className="wl-timeline" aria-label="E-mails">
              {order.mails.map(({ kind, to, state, at }) => (
                <li key={`${kind} ${to} ${at}`}>
                  <State tone={mailWords[state].tone} word={mailWords[state].word} />
                  <Text size="xs" c="dimmed" component="div">
                    {mailName(kind)} to {to}, <Since time={at} />
                  </Text>
                </li>
              ))}
            </ul>
          )}
        </div>
        <div>
          <Text size="sm" fw={500}>
            manifest.json
          </Text>
          <State tone={manifest.tone} word={manifest.word} why={manifest.why} />
        </div>
      </Section>
    </div>
  );
};
