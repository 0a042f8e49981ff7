import { SegmentedControl, SimpleGrid, Skeleton, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { Source, SourceUsage, UsageRange } from '@windlass/contract';
import { lazy, Suspense, useState } from 'react';
import { formatBytes } from '../../../lib/format.ts';
import { Fold } from '../../../ui/fold.tsx';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';
import { Section } from '../../../ui/section.tsx';
import { useTeam } from '../../teams/current-team.tsx';
import { usageQuery } from '../queries.ts';
import { usageSeries } from './usage-series.ts';
import { UsageTable } from './usage-table.tsx';

// The chart library is as large as the rest of this page.
const UsageGraphs = lazy(async () => ({ default: (await import('./usage-graphs.tsx')).UsageGraphs }));

const rangeWords = {
  day: 'Day',
  week: 'Week',
  month: 'Month',
} as const satisfies Record<UsageRange, string>;

const isRange = (text: string): text is UsageRange => Object.hasOwn(rangeWords, text);

const Figure = ({ name, value }: { name: string; value: string }) => (
  <div>
    <dt>{name}</dt>
    <dd>{value}</dd>
  </div>
);

const Totals = ({ totals }: Pick<SourceUsage, 'totals'>) => (
  <SimpleGrid component="dl" cols={{ base: 2, sm: 4 }} spacing={16} className="wl-figures">
    <Figure name="Requests" value={totals.requests.toLocaleString('en')} />
    <Figure
      name="Hit ratio"
      value={totals.hitRatio === null ? 'no requests' : `${Math.round(totals.hitRatio * 1000) / 10} %`}
    />
    <Figure name="To clients" value={formatBytes(totals.bytesOut)} />
    <Figure name="Of originals" value={formatBytes(totals.bytesFromOrigin)} />
  </SimpleGrid>
);

/** How much is asked of a source, and how much of it the caches answer. */
export const UsagePanel = ({ source }: { source: Source }) => {
  const { teamId } = useTeam();
  const [range, setRange] = useState<UsageRange>('day');
  const { data, error, refetch } = useQuery(usageQuery(teamId, source.id, range));
  return (
    <Section
      title="Usage"
      about="Counted by the hour; the last one is still being counted."
      actions={
        <SegmentedControl
          size="xs"
          aria-label="How far back"
          data={Object.entries(rangeWords).map(([value, label]) => ({ value, label }))}
          value={range}
          onChange={(value) => isRange(value) && setRange(value)}
        />
      }
    >
      {data === undefined && error === null && (
        <Skeleton height={240} role="status" aria-label="Loading usage" />
      )}
      {error !== null && <ProblemNotice error={error} retry={() => void refetch()} />}
      {data !== undefined && data.totals.requests === 0 && (
        <Text c="dimmed">
          Nobody asked this source for a picture in this time. What is asked for from now on shows up here
          within a minute.
        </Text>
      )}
      {data !== undefined && data.totals.requests > 0 && (
        <Stack gap={16}>
          <Totals totals={data.totals} />
          <Suspense fallback={<Skeleton height={240} />}>
            <UsageGraphs points={usageSeries(data)} />
          </Suspense>
          <Fold label="In numbers">
            <UsageTable points={usageSeries(data)} />
          </Fold>
        </Stack>
      )}
    </Section>
  );
};
