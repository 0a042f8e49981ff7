import { Stack, Text } from '@mantine/core';
import { checkRowIds, type CheckReport, type CheckRow } from '@windlass/contract';
import { checkRowTitles, checkRowWords } from '../../lib/connection-state.ts';
import { Fold } from '../../ui/fold.tsx';
import { Since } from '../../ui/since.tsx';
import { State } from '../../ui/state.tsx';

const Details = ({ details }: { details: NonNullable<CheckRow['details']> }) => (
  <Fold label="Details">
    <Text size="xs" className="wl-mono" component="div">
      <div>status: {details.httpStatus ?? 'none'}</div>
      <div>code: {details.code ?? 'none'}</div>
      <div>message: {details.message ?? 'none'}</div>
      <div>request id: {details.requestId ?? 'none'}</div>
    </Text>
  </Fold>
);

const Row = ({ row }: { row: CheckRow }) => (
  <li className="wl-row wl-check-row">
    <State {...checkRowWords[row.state]} />
    <Stack gap={4}>
      <Text fw={500}>{checkRowTitles[row.id]}</Text>
      {row.cause !== '' && <Text size="sm">{row.cause}</Text>}
      {row.next !== '' && (
        <Text size="sm" c="var(--wl-attention-text)">
          {row.next}
        </Text>
      )}
      {row.details !== null && <Details details={row.details} />}
    </Stack>
    <Text size="xs" c="dimmed">
      {row.state === 'skipped' ? '' : `${row.durationMilliseconds} ms`}
    </Text>
  </li>
);

/** The rows of a check as they will come, while it runs. */
const Running = () => (
  <ul className="wl-rows" aria-label="Check rows">
    {checkRowIds.map((id) => (
      <li key={id} className="wl-row wl-check-row">
        <State tone="unknown" word="Running" busy />
        <Text>{checkRowTitles[id]}</Text>
      </li>
    ))}
  </ul>
);

interface CheckRowsProps {
  report: CheckReport | null;
  running: boolean;
}

/** Row by row what the credentials can do: state, cause, the next step, the provider's own words folded. */
export const CheckRows = ({ report, running }: CheckRowsProps) => (
  <div aria-live="polite" aria-busy={running}>
    {running && <Running />}
    {!running && report === null && <Text c="dimmed">No check has run yet.</Text>}
    {!running && report !== null && (
      <Stack gap={8}>
        {report.correctedRegion !== null && (
          <div className="wl-notice">
            The bucket is in <strong>{report.correctedRegion}</strong>. The region was corrected and saved.
          </div>
        )}
        <ul className="wl-rows" aria-label="Check rows">
          {report.rows.map((row) => (
            <Row key={row.id} row={row} />
          ))}
        </ul>
        <Text size="xs" c="dimmed" component="div">
          Checked <Since time={report.checkedAt} />
        </Text>
      </Stack>
    )}
  </div>
);
