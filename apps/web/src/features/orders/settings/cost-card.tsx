import { Select, Skeleton, Stack, Table, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { providers, type OrderCosts } from '@windlass/contract';
import { lazy, Suspense, useState } from 'react';
import { formatBytes } from '../../../lib/format.ts';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';
import { Section } from '../../../ui/section.tsx';
import { dropChoicesQuery } from '../../drops/queries.ts';
import { useTeam } from '../../teams/current-team.tsx';
import { orderCostsQuery } from '../queries.ts';
import { costSeries, formatMoney, monthLabel } from './cost-series.ts';

const CostGraph = lazy(async () => ({ default: (await import('./cost-graph.tsx')).CostGraph }));

/** What scrolls sideways is reached by the keyboard. */
const focusable = { type: 'auto' as const, viewportProps: { tabIndex: 0 } };

const CostTable = ({ months }: Pick<OrderCosts, 'months'>) => (
  <Table.ScrollContainer minWidth={860} scrollAreaProps={focusable}>
    <Table fz="xs" className="wl-numbers" aria-label="Cost in numbers">
      <Table.Thead>
        <Table.Tr>
          <Table.Th>Month</Table.Th>
          <Table.Th>Provider</Table.Th>
          <Table.Th>Orders</Table.Th>
          <Table.Th>Received</Table.Th>
          <Table.Th>Stored, month’s average</Table.Th>
          <Table.Th>Downloaded</Table.Th>
          <Table.Th>Storage</Table.Th>
          <Table.Th>Downloads</Table.Th>
          <Table.Th>Requests</Table.Th>
          <Table.Th>Total</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {months
          .toSorted((a, b) => b.month.localeCompare(a.month))
          .map((row) => (
            <Table.Tr key={`${row.month} ${row.provider}`}>
              <Table.Th scope="row">{monthLabel(row.month)}</Table.Th>
              <Table.Td>{providers[row.provider].name}</Table.Td>
              <Table.Td>{row.orders.toLocaleString('en')}</Table.Td>
              <Table.Td>
                {formatBytes(row.bytesReceived)} in {row.files.toLocaleString('en')}{' '}
                {row.files === 1 ? 'file' : 'files'}
              </Table.Td>
              <Table.Td>{formatBytes(row.averageBytesStored)}</Table.Td>
              <Table.Td>{formatBytes(row.bytesDownloaded)}</Table.Td>
              <Table.Td>{formatMoney(row.storage, row.currency)}</Table.Td>
              <Table.Td>{formatMoney(row.downloads, row.currency)}</Table.Td>
              <Table.Td>{formatMoney(row.requests, row.currency)}</Table.Td>
              <Table.Td fw={600}>{formatMoney(row.total, row.currency)}</Table.Td>
            </Table.Tr>
          ))}
      </Table.Tbody>
    </Table>
  </Table.ScrollContainer>
);

/** What storing and fetching orders costs at the provider, from what really came in. */
export const CostCard = () => {
  const { teamId } = useTeam();
  const [dropId, setDropId] = useState<string | null>(null);
  const drops = useQuery(dropChoicesQuery(teamId));
  const query = useQuery(orderCostsQuery(teamId, dropId ?? undefined));
  const months = query.data?.months ?? [];
  return (
    <Section
      title="Cost"
      about="Computed from the orders that came in and the prices below; it is no bill."
      actions={
        <Select
          size="xs"
          aria-label="Order page"
          placeholder="Every order page"
          clearable
          clearButtonProps={{ 'aria-label': 'Every order page' }}
          data={(drops.data?.items ?? []).map(({ id, title }) => ({ value: String(id), label: title }))}
          value={dropId}
          onChange={setDropId}
        />
      }
    >
      {query.isPending && <Skeleton height={240} role="status" aria-label="Loading the cost" />}
      {query.isError && <ProblemNotice error={query.error} retry={() => void query.refetch()} />}
      {query.data !== undefined && months.length === 0 && (
        <Text c="dimmed">Nothing came in yet. The first month shows up with the first order.</Text>
      )}
      {months.length > 0 && (
        <Stack gap={16}>
          {costSeries(months).map(({ currency, points }) => (
            <Suspense key={currency} fallback={<Skeleton height={264} />}>
              {points.some(({ total }) => total > 0) ? (
                <CostGraph currency={currency} points={points} />
              ) : (
                <Text c="dimmed">At these prices it has cost nothing so far ({currency}).</Text>
              )}
            </Suspense>
          ))}
          <CostTable months={months} />
          <Text size="xs" c="dimmed">
            Stored is the average over the whole month, which is what providers charge for: 30 GB that lie
            there for one day of thirty are 1 GB. Days to come count as nothing yet.
          </Text>
        </Stack>
      )}
    </Section>
  );
};
