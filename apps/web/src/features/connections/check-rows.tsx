import { Stack, Text } from '@mantine/core';
import { checkGroups, type CheckGroup, type CheckReport, type CheckRow } from '@windlass/contract';
import { checkGroupTitles, checkRowTitles, checkRowWords, sumOf } from '../../lib/check-words.ts';
import { Fold } from '../../ui/fold.tsx';
import { JsonView } from '../../ui/json-view.tsx';
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

const statementWords = { add: 'Statement to add', drop: 'Statement to drop' } as const;
const canWords = { yes: 'can', no: 'cannot', unknown: 'unknown' } as const;
const needWords = { yes: 'needed', no: 'not needed', optional: 'helps' } as const;

/** What to add is shown at once, what to drop when it is asked for: a key with too many rights has a lot of it. */
const Statement = ({ change, json }: NonNullable<CheckRow['statement']>) => {
  const view = <JsonView what={statementWords[change]} value={json} />;
  return change === 'add' ? view : <Fold label={statementWords.drop}>{view}</Fold>;
};

/** What is well is told in a line; what is not, with its mend and the provider's own words. */
const Words = ({ row }: { row: CheckRow }) =>
  row.state === 'ok' ? (
    <Text size="xs" c="dimmed">
      {row.cause}
      {row.next !== '' && ` ${row.next}`}
    </Text>
  ) : (
    <>
      {row.cause !== '' && <Text size="sm">{row.cause}</Text>}
      {row.next !== '' && (
        <Text size="sm" c="var(--wl-attention-text)">
          {row.next}
        </Text>
      )}
      {row.statement !== null && <Statement {...row.statement} />}
      {row.details !== null && <Details details={row.details} />}
    </>
  );

const Row = ({ row }: { row: CheckRow }) => (
  <li className="wl-row wl-check-row">
    <State {...checkRowWords[row.state]} />
    <Stack gap={4}>
      <Text fw={500}>
        {checkRowTitles[row.id]}
        {row.action !== null && <code className="wl-check-action">{row.action}</code>}
      </Text>
      <Words row={row} />
    </Stack>
    {row.group === 'ground' ? (
      <span />
    ) : (
      <Text size="xs" c="dimmed" className="wl-check-against">
        <span>{canWords[row.can]}</span>
        <span>{needWords[row.needs]}</span>
      </Text>
    )}
  </li>
);

const Group = ({ group, rows }: { group: CheckGroup; rows: readonly CheckRow[] }) => (
  <section aria-label={checkGroupTitles[group]}>
    <Text size="xs" fw={600} c="dimmed" mb={4}>
      {checkGroupTitles[group]}
    </Text>
    <ul className="wl-rows" aria-label={checkGroupTitles[group]}>
      {rows.map((row) => (
        <Row key={row.id} row={row} />
      ))}
    </ul>
  </section>
);

const FullAccess = () => (
  <div className="wl-notice" data-tone="attention" role="note">
    <Text fw={600}>These credentials can do everything in the bucket.</Text>
    <Text size="sm">
      Whoever gets hold of them can delete it all, or open it to the public. Make a user or role that has only
      the policy of this connection, and replace them.
    </Text>
  </div>
);

interface CheckRowsProps {
  report: CheckReport | null;
  running: boolean;
}

/** Row by row what the credentials can, against what the jobs need; the provider's own words are folded. */
export const CheckRows = ({ report, running }: CheckRowsProps) => (
  <div aria-live="polite" aria-busy={running}>
    {running && report === null && <State tone="unknown" word="Checking" busy />}
    {!running && report === null && <Text c="dimmed">No check has run yet.</Text>}
    {report !== null && (
      <Stack gap={16}>
        <Text size="sm" component="div" c="dimmed">
          {running ? <State tone="unknown" word="Checking again" busy /> : sumOf(report)}
          {' · '}checked <Since time={report.checkedAt} />
        </Text>
        {report.correctedRegion !== null && (
          <div className="wl-notice">
            The bucket is in <strong>{report.correctedRegion}</strong>. The region was corrected and saved.
          </div>
        )}
        {report.fullAccess && <FullAccess />}
        {checkGroups.map((group) => {
          const rows = report.rows.filter((row) => row.group === group);
          return rows.length === 0 ? null : <Group key={group} group={group} rows={rows} />;
        })}
      </Stack>
    )}
  </div>
);
