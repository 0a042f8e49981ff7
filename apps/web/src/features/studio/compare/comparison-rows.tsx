import { Button, Stack, Text } from '@mantine/core';
import type { CompareState } from '@windlass/policy/compare';
import type { Tone } from '../../../lib/tone.ts';
import { plural } from '../../../lib/format.ts';
import { Fold } from '../../../ui/fold.tsx';
import { JsonView } from '../../../ui/json-view.tsx';
import { State } from '../../../ui/state.tsx';
import type { TriedRequest } from '../state/studio-state.ts';
import type { ComparisonRow } from './comparison.ts';

const stateWords = {
  missing: { tone: 'missing', word: 'Missing' },
  excess: { tone: 'attention', word: 'Excess' },
  unknown: { tone: 'unknown', word: 'Unknown' },
  equal: { tone: 'ok', word: 'Equal' },
} as const satisfies Record<CompareState, { tone: Tone; word: string }>;

interface ComparisonRowsProps {
  rows: readonly ComparisonRow[];
  onTry: (request: Partial<TriedRequest>) => void;
}

/** What differs is open to see; what is equal is folded. */
export const ComparisonRows = ({ rows, onTry }: ComparisonRowsProps) => {
  const different = rows.filter(({ state }) => state !== 'equal');
  const equal = rows.filter(({ state }) => state === 'equal');
  return (
    <Stack gap={12}>
      <Text size="sm" role="status">
        {different.length === 0
          ? 'Nothing is missing, and nothing is too much.'
          : `${plural(different.length, 'row differs', 'rows differ')}, ${equal.length} equal.`}
      </Text>
      {different.length > 0 && <Rows label="What differs" rows={different} onTry={onTry} />}
      {equal.length > 0 && (
        <Fold label={`Equal (${equal.length})`}>
          <Rows label="Equal" rows={equal} onTry={onTry} />
        </Fold>
      )}
    </Stack>
  );
};

const Rows = ({ label, rows, onTry }: ComparisonRowsProps & { label: string }) => (
  <ul className="wl-rows" aria-label={label}>
    {rows.map(({ id, state, title, about, statement, request }) => (
      <li key={id} className="wl-row wl-finding">
        <State {...stateWords[state]} />
        <Stack gap={4}>
          <Text fw={500} size="sm">
            {title}
          </Text>
          <Text size="sm" c="dimmed">
            {about}
          </Text>
          {statement !== null && (
            <Fold label={state === 'missing' ? 'Statement to add' : 'Statement that allows it'}>
              <JsonView what="Statement" value={JSON.stringify(statement, null, 2)} />
            </Fold>
          )}
        </Stack>
        {request !== null && (
          <Button
            variant="default"
            size="compact-xs"
            aria-label={`Try: ${title}`}
            onClick={() => onTry(request)}
          >
            Try
          </Button>
        )}
      </li>
    ))}
  </ul>
);
