import { Stack, Text } from '@mantine/core';
import type {
  OperationResult,
  ProvisioningAction,
  provisioningOutcomes,
  undoProvisioning,
  UndoAction,
} from '@windlass/contract';
import type { Tone } from '../../lib/tone.ts';
import { Fold } from '../../ui/fold.tsx';
import { JsonView } from '../../ui/json-view.tsx';
import { State } from '../../ui/state.tsx';

type Outcome = (typeof provisioningOutcomes)[number];
type Undone = NonNullable<OperationResult<typeof undoProvisioning>>['steps'][number];

/** A step of a plan or of an undo, before or after it ran. */
export interface ShownStep extends Pick<Undone, 'kind' | 'title' | 'name' | 'detail' | 'document'> {
  action: ProvisioningAction | UndoAction;
  result: { outcome: Outcome; detail: string } | null;
}

const actionWords: Record<ProvisioningAction | UndoAction, { tone: Tone; word: string }> = {
  create: { tone: 'attention', word: 'Create' },
  update: { tone: 'attention', word: 'Change' },
  keep: { tone: 'ok', word: 'Keep' },
  cannot: { tone: 'unknown', word: 'By hand' },
  delete: { tone: 'attention', word: 'Delete' },
  restore: { tone: 'attention', word: 'Put back' },
};

const outcomeWords: Record<Outcome, { tone: Tone; word: string }> = {
  done: { tone: 'ok', word: 'Done' },
  kept: { tone: 'ok', word: 'Kept' },
  skipped: { tone: 'unknown', word: 'Skipped' },
  failed: { tone: 'missing', word: 'Failed' },
  notReached: { tone: 'unknown', word: 'Not reached' },
};

/** What will be done, or what was, step by step, with the documents that are written. */
export const StepsTable = ({ steps, label }: { steps: readonly ShownStep[]; label: string }) => (
  <ul className="wl-rows" aria-label={label}>
    {steps.map(({ kind, title, name, detail, document, action, result }) => (
      <li
        key={`${kind} ${name} ${title}`}
        className="wl-row"
        style={{ gridTemplateColumns: '104px minmax(0, 1fr)', alignItems: 'start' }}
      >
        <State {...(result === null ? actionWords[action] : outcomeWords[result.outcome])} />
        <Stack gap={4}>
          <Text fw={500} style={{ overflowWrap: 'anywhere' }}>
            {title} <span className="wl-mono">{name}</span>
          </Text>
          <Text size="sm">{result === null || result.detail === '' ? detail : result.detail}</Text>
          {document !== null && (
            <Fold label="Document">
              <JsonView what={title} value={document} />
            </Fold>
          )}
        </Stack>
      </li>
    ))}
  </ul>
);
