import { Text } from '@mantine/core';
import type { Order } from '@windlass/contract';
import { Section } from '../../../ui/section.tsx';
import { Since } from '../../../ui/since.tsx';
import { State } from '../../../ui/state.tsx';
import { OrderStateView } from '../order-state.tsx';
import { manifestWords } from '../order-words.ts';
import { Mails } from './mails.tsx';

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
          <Mails order={order} />
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
