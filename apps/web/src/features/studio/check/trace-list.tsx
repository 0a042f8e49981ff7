import { Anchor, Text } from '@mantine/core';
import type { PartTrace, StatementPlace, StatementTrace } from '@windlass/policy';
import { IconCheck, IconX } from '@tabler/icons-react';
import { kindWords } from '../state/kind-words.ts';

interface TraceListProps {
  trace: readonly StatementTrace[];
  decidedBy: StatementPlace | null;
  onPlace: (place: StatementPlace) => void;
}

const samePlace = (a: StatementPlace, b: StatementPlace | null): boolean =>
  a.policy === b?.policy && a.policyIndex === b.policyIndex && a.statementIndex === b.statementIndex;

/** Every statement against the request: what it did in a sentence, and part by part when unfolded. */
export const TraceList = ({ trace, decidedBy, onPlace }: TraceListProps) => (
  <ol className="wl-trace">
    {trace.map((statement) => (
      <li
        key={`${statement.policy} ${statement.policyIndex} ${statement.statementIndex}`}
        data-decided={samePlace(statement, decidedBy) || undefined}
      >
        <details>
          <summary>
            <Text component="span" size="sm">
              {statement.sentence}
            </Text>
          </summary>
          <ul className="wl-trace-parts">
            {statement.parts.map((part) => (
              <Part
                key={`${part.part} ${part.operator ?? ''} ${part.key ?? ''} ${part.sentence}`}
                {...part}
              />
            ))}
          </ul>
          <Anchor component="button" type="button" size="xs" onClick={() => onPlace(statement)}>
            Show it in the {kindWords[statement.policy].word.toLowerCase()}
          </Anchor>
        </details>
      </li>
    ))}
  </ol>
);

const Part = ({ matched, sentence }: PartTrace) => (
  <li>
    {matched ? (
      <IconCheck size={14} aria-label="Matches:" />
    ) : (
      <IconX size={14} aria-label="Does not match:" />
    )}
    <Text component="span" size="xs">
      {sentence}
    </Text>
  </li>
);
