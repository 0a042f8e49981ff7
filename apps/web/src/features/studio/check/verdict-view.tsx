import { Anchor, Stack, Text } from '@mantine/core';
import type { ActionVerdict, Decision, StatementPlace } from '@windlass/policy';
import type { Tone } from '../../../lib/tone.ts';
import { Fold } from '../../../ui/fold.tsx';
import { State } from '../../../ui/state.tsx';
import type { Judgement } from './judge.ts';
import { TraceList } from './trace-list.tsx';

export const decisionWords = {
  Allowed: { tone: 'ok', word: 'Allowed' },
  ExplicitlyDenied: { tone: 'missing', word: 'Denied by a statement' },
  ImplicitlyDenied: { tone: 'missing', word: 'Denied: nothing allows it' },
} as const satisfies Record<Decision, { tone: Tone; word: string }>;

interface VerdictViewProps {
  judgement: Judgement;
  /** Shows a statement in its document. */
  onPlace: (place: StatementPlace) => void;
}

/** What becomes of the request, which statement decided, and how every other statement took part. */
export const VerdictView = ({ judgement, onPlace }: VerdictViewProps) => {
  if (judgement.decision === null) {
    return (
      <div className="wl-verdict" role="status" aria-label="Verdict">
        <Text size="sm">{judgement.problem}</Text>
      </div>
    );
  }
  const { tone, word } = decisionWords[judgement.decision];
  const { decidedBy } = judgement;
  return (
    <div className="wl-verdict" data-tone={tone}>
      <Stack gap={8}>
        <div role="status" aria-label="Verdict">
          <Text component="div" fw={600} size="lg">
            <State tone={tone} word={word} />
          </Text>
          <Text size="sm" mt={4}>
            {judgement.reason}
          </Text>
        </div>
        {decidedBy !== null && (
          <Anchor
            component="button"
            type="button"
            size="sm"
            w="fit-content"
            onClick={() => onPlace(decidedBy)}
          >
            Show the statement
          </Anchor>
        )}
      </Stack>
      <Stack gap={12} mt={16}>
        {judgement.actions.map((verdict) => (
          <ActionPart
            key={`${verdict.action} ${verdict.resource}`}
            verdict={verdict}
            alone={judgement.actions.length === 1}
            onPlace={onPlace}
          />
        ))}
      </Stack>
    </div>
  );
};

interface ActionPartProps extends Pick<VerdictViewProps, 'onPlace'> {
  verdict: ActionVerdict;
  /** The call needs this action only: its verdict is the call's. */
  alone: boolean;
}

const ActionPart = ({ verdict, alone, onPlace }: ActionPartProps) => {
  const { action, resource, because, evaluation } = verdict;
  const { tone, word } = decisionWords[evaluation.decision];
  return (
    <Stack gap={4}>
      <Text size="sm" component="div">
        {!alone && (
          <>
            <State tone={tone} word={word} />{' '}
          </>
        )}
        <span className="wl-mono">{action}</span> on <span className="wl-mono">{resource}</span>
      </Text>
      {because !== undefined && (
        <Text size="xs" c="dimmed">
          Asked for because {because}.
        </Text>
      )}
      {!alone && <Text size="sm">{evaluation.reason}</Text>}
      {evaluation.uncertain.map(({ sentence }) => (
        <div key={sentence} className="wl-notice" data-tone="attention">
          <Text size="sm">Not for certain: {sentence}</Text>
        </div>
      ))}
      {evaluation.trace.length > 0 && (
        <Fold label={`How each statement took part (${evaluation.trace.length})`}>
          <TraceList trace={evaluation.trace} decidedBy={evaluation.decidedBy} onPlace={onPlace} />
        </Fold>
      )}
    </Stack>
  );
};
