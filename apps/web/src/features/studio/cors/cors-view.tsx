import { Select, Stack, Text, TextInput } from '@mantine/core';
import { simulateCors, type CorsVerdict } from '@windlass/policy/generate';
import { useDeferredValue, useMemo, type Dispatch } from 'react';
import { Facts } from '../../../ui/facts.tsx';
import { Section } from '../../../ui/section.tsx';
import { State } from '../../../ui/state.tsx';
import { MarkedDocument } from '../marked-document.tsx';
import type { StudioAction } from '../state/studio-reducer.ts';
import type { CorsState } from '../state/studio-state.ts';
import { isTooLong } from '../state/too-long.ts';
import { useTask } from '../tasks/use-task.ts';
import { readCorsRules } from './read-cors-rules.ts';

interface CorsViewProps {
  cors: CorsState;
  dispatch: Dispatch<StudioAction>;
}

const methods = ['GET', 'HEAD', 'PUT', 'POST', 'DELETE'];

/** The CORS rules of a bucket, and what a page's browser would be told. */
export const CorsView = ({ cors, dispatch }: CorsViewProps) => {
  const { text, origin, method, headers } = useDeferredValue(cors);
  const lint = useTask(
    'lintRules',
    useMemo(() => ({ text: cors.text, origin: cors.origin }), [cors.text, cors.origin]),
  );
  const rules = useMemo(() => (isTooLong(text) ? null : readCorsRules(text)), [text]);
  const change = (patch: Partial<CorsState>) => dispatch({ type: 'cors', patch });
  return (
    <div className="wl-studio-check">
      <Section title="Rules">
        <MarkedDocument
          what="CORS rules"
          text={cors.text}
          linted={lint.output}
          failed={lint.failed}
          onWrite={(next) => change({ text: next })}
        />
      </Section>
      <Stack gap={24} miw={0}>
        <Section title="Try a preflight">
          <Stack
            gap={12}
            component="form"
            onSubmit={(event) => event.preventDefault()}
            aria-label="Preflight"
          >
            <TextInput
              label="Origin of the page"
              description="Scheme, host and port, as the browser sends them: no slash at the end."
              value={cors.origin}
              spellCheck={false}
              onChange={(event) => change({ origin: event.currentTarget.value })}
            />
            <Select
              label="Method"
              data={methods}
              value={cors.method}
              allowDeselect={false}
              onChange={(value) => value !== null && change({ method: value })}
            />
            <TextInput
              label="Headers that the page sets"
              description="Separated by commas."
              value={cors.headers}
              spellCheck={false}
              onChange={(event) => change({ headers: event.currentTarget.value })}
            />
          </Stack>
        </Section>
        <Section title="Verdict">
          {rules === null ? (
            <div className="wl-verdict" role="status" aria-label="Verdict">
              <Text size="sm">These are no rules yet that S3 would take, so nothing can be said.</Text>
            </div>
          ) : (
            <Verdict verdict={simulateCors(rules, { origin, method, headers: headers.split(',') })} />
          )}
        </Section>
      </Stack>
    </div>
  );
};

const Verdict = ({ verdict: { ruleIndex, reason, headers } }: { verdict: CorsVerdict }) => {
  const tone = ruleIndex === null ? 'missing' : 'ok';
  return (
    <div className="wl-verdict" data-tone={tone}>
      <div role="status" aria-label="Verdict">
        <Text component="div" fw={600} size="lg">
          <State tone={tone} word={ruleIndex === null ? 'The browser is refused' : 'The browser may go on'} />
        </Text>
        <Text size="sm" mt={4}>
          {reason}
        </Text>
      </div>
      {ruleIndex !== null && (
        <Stack gap={8} mt={16}>
          <Text size="sm" fw={500}>
            Answer
          </Text>
          <Facts
            facts={Object.entries(headers).map(([name, value]) => ({
              name,
              value: <span className="wl-mono">{value}</span>,
            }))}
          />
          <Text size="xs" c="dimmed">
            CORS lets the page ask; what it may do is still up to the policies.
          </Text>
        </Stack>
      )}
    </div>
  );
};
