import { SegmentedControl, Stack, Text, TextInput } from '@mantine/core';
import type { Dispatch } from 'react';
import { JsonView } from '../../../ui/json-view.tsx';
import { Section } from '../../../ui/section.tsx';
import { State } from '../../../ui/state.tsx';
import { CapabilityChoice } from '../capability-choice.tsx';
import type { StudioAction } from '../state/studio-reducer.ts';
import type { CompareState, TriedRequest } from '../state/studio-state.ts';
import { useTask } from '../tasks/use-task.ts';
import type { Comparison } from './comparison.ts';
import { ComparisonRows } from './comparison-rows.tsx';

interface CompareViewProps {
  compare: CompareState;
  dispatch: Dispatch<StudioAction>;
  /** Tries a call of a job against the policy. */
  onTry: (policy: string, request: Partial<TriedRequest>) => void;
}

const against = [
  { value: 'job', label: 'a job' },
  { value: 'policy', label: 'another policy' },
] as const;

/** A policy against what a job needs, or against another policy: row by row what is missing and what is too much. */
export const CompareView = ({ compare, dispatch, onTry }: CompareViewProps) => {
  const { output, failed } = useTask('compare', compare);
  const change = (patch: Partial<CompareState>) => dispatch({ type: 'compare', patch });
  const text = (field: 'bucket' | 'prefix', label: string, description?: string) => (
    <TextInput
      label={label}
      description={description}
      value={compare[field]}
      spellCheck={false}
      onChange={(event) => change({ [field]: event.currentTarget.value })}
    />
  );
  return (
    <Stack gap={24}>
      <div className="wl-studio-compare">
        <Section title="Identity policy">
          <JsonView what="First policy" value={compare.left} onChange={(left) => change({ left })} />
        </Section>
        <Section
          title="Against"
          actions={
            <SegmentedControl
              size="xs"
              aria-label="Against"
              data={[...against]}
              value={compare.against}
              onChange={(value) => change({ against: value === 'job' ? 'job' : 'policy' })}
            />
          }
        >
          {compare.against === 'policy' ? (
            <JsonView what="Second policy" value={compare.right} onChange={(right) => change({ right })} />
          ) : (
            <CapabilityChoice
              value={compare.capabilities}
              onChange={(capabilities) => change({ capabilities })}
            />
          )}
          {text('bucket', 'Bucket')}
          {compare.against === 'job' &&
            text('prefix', 'Prefix', 'Empty for the whole bucket, or ends in a slash.')}
        </Section>
      </div>
      <Section title="Rows">
        <Result output={output} failed={failed} onTry={(request) => onTry(compare.left, request)} />
      </Section>
    </Stack>
  );
};

interface ResultProps {
  output: Comparison | null;
  failed: boolean;
  onTry: (request: Partial<TriedRequest>) => void;
}

const Result = ({ output, failed, onTry }: ResultProps) => {
  if (output !== null && 'rows' in output) return <ComparisonRows rows={output.rows} onTry={onTry} />;
  return (
    <div className="wl-notice" role="status">
      {output !== null && <Text size="sm">{output.problem}</Text>}
      {failed && (
        <Text size="sm">It took too long to compare them, and was given up. A change begins anew.</Text>
      )}
      {output === null && !failed && <State tone="unknown" word="Comparing" busy />}
    </div>
  );
};
