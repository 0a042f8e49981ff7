import { Button, Group, Stack, Tabs, Text } from '@mantine/core';
import type { GeneratedDocuments, GenerateInput, ProviderNote } from '@windlass/policy/generate';
import { useDeferredValue, useMemo, type Dispatch } from 'react';
import { CodeBlock } from '../../../ui/code-block.tsx';
import { plural } from '../../../lib/format.ts';
import { JsonView } from '../../../ui/json-view.tsx';
import { State } from '../../../ui/state.tsx';
import type { StudioAction } from '../state/studio-reducer.ts';
import type { CheckState, GenerateState } from '../state/studio-state.ts';
import { documentsOf, toCheckState } from './documents-of.ts';
import { GenerateForm } from './generate-form.tsx';
import { makeDocuments, type Scripts } from './generate-input.ts';
import { proofOf, type Proof } from './proof.ts';

interface GenerateViewProps {
  generate: GenerateState;
  dispatch: Dispatch<StudioAction>;
  onCheck: (check: CheckState) => void;
}

/** Makes the smallest documents for a job, in four languages. */
export const GenerateView = ({ generate, dispatch, onCheck }: GenerateViewProps) => {
  const form = useDeferredValue(generate);
  const outcome = useMemo(() => makeDocuments(form), [form]);
  return (
    <div className="wl-studio-generate">
      <GenerateForm
        form={generate}
        problem={'field' in outcome ? outcome : null}
        onChange={(patch) => dispatch({ type: 'generate', patch })}
      />
      {'field' in outcome ? (
        <div className="wl-notice" data-tone="attention">
          <Text size="sm">Nothing can be made of this yet: a field on the form says why.</Text>
        </div>
      ) : (
        <Output {...outcome} onCheck={onCheck} />
      )}
    </div>
  );
};

interface OutputProps {
  documents: GeneratedDocuments;
  input: GenerateInput;
  scripts: Scripts;
  onCheck: (check: CheckState) => void;
}

const Output = ({ documents, input, scripts, onCheck }: OutputProps) => {
  const check = toCheckState(documents, input);
  const languages = [
    { value: 'cli', label: 'AWS CLI', text: scripts.cli },
    { value: 'terraform', label: 'Terraform', text: scripts.terraform },
    { value: 'cloudformation', label: 'CloudFormation', text: scripts.cloudFormation },
  ];
  return (
    <Stack gap={16} miw={0}>
      {documents.notes.map((note) => (
        <Note key={note.title} {...note} />
      ))}
      <Group justify="space-between" gap={12}>
        <ProofLine proof={proofOf(documents, input)} />
        {check !== null && (
          <Button variant="default" size="xs" onClick={() => onCheck(check)}>
            Check and try these
          </Button>
        )}
      </Group>
      <Tabs defaultValue="json" keepMounted={false}>
        <Tabs.List aria-label="Form of the documents">
          <Tabs.Tab value="json">JSON</Tabs.Tab>
          {languages.map(
            ({ value, label, text }) =>
              text !== null && (
                <Tabs.Tab key={value} value={value}>
                  {label}
                </Tabs.Tab>
              ),
          )}
        </Tabs.List>
        <Tabs.Panel value="json" pt={16}>
          <Stack gap={16}>
            {documentsOf(documents).map(({ what, text }) => (
              <JsonView key={what} what={what} value={text} />
            ))}
          </Stack>
        </Tabs.Panel>
        {languages.map(
          ({ value, label, text }) =>
            text !== null && (
              <Tabs.Panel key={value} value={value} pt={16}>
                <CodeBlock what={label} code={text.trimEnd()} foldAfter={80} />
              </Tabs.Panel>
            ),
        )}
      </Tabs>
    </Stack>
  );
};

const ProofLine = ({ proof }: { proof: Proof | null }) => {
  if (proof === null) return <span />;
  const { must, mustNot, wrong } = proof;
  return (
    <Group gap={12} wrap="nowrap" align="baseline" flex="1 1 240px">
      {wrong.length === 0 ? (
        <State tone="ok" word="Proven" />
      ) : (
        <State tone="attention" word="Wider" why={wrong.join('. ')} />
      )}
      <Text size="sm">
        {wrong.length === 0
          ? `Tried: ${must} calls that it needs are allowed, ${mustNot} that it must not make are denied.`
          : `Tried: ${plural(wrong.length, 'call')} of ${must + mustNot} not as it should be.`}
      </Text>
    </Group>
  );
};

const Note = ({ kind, title, lines }: ProviderNote) => (
  <div className="wl-notice" data-tone={kind === 'limit' ? 'attention' : undefined}>
    <Text fw={600} size="sm">
      {title}
    </Text>
    {kind === 'steps' ? (
      <ol className="wl-note-lines">
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ol>
    ) : (
      lines.map((line) => (
        <Text key={line} size="sm">
          {line}
        </Text>
      ))
    )}
  </div>
);
