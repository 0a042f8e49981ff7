import { Stack, Tabs } from '@mantine/core';
import {
  formatCors,
  formatLifecycle,
  formatPolicy,
  type GeneratedDocuments,
  type GenerateInput,
} from '@windlass/policy/generate';
import {
  consoleSteps,
  renderCli,
  renderCloudFormation,
  renderTerraform,
  type RenderOptions,
} from '@windlass/policy/render';
import { CodeBlock } from '../../ui/code-block.tsx';
import { JsonView } from '../../ui/json-view.tsx';
import { ProviderNotes } from './provider-notes.tsx';
import { Steps } from './steps.tsx';

interface SetupDocumentsProps {
  input: GenerateInput;
  documents: GeneratedDocuments;
  options?: RenderOptions;
}

const noOptions: RenderOptions = {};

/** Every document of a set-up, under the name by which consoles and tools know it. */
export const namedDocuments = (documents: GeneratedDocuments): { what: string; text: string }[] => [
  ...(documents.identity === null
    ? []
    : [{ what: 'Identity policy', text: formatPolicy(documents.identity) }]),
  ...(documents.trust === null ? [] : [{ what: 'Trust policy', text: formatPolicy(documents.trust) }]),
  ...(documents.bucketPolicy === null
    ? []
    : [{ what: 'Bucket policy', text: formatPolicy(documents.bucketPolicy) }]),
  ...(documents.accessPointPolicy === null
    ? []
    : [{ what: 'Access point policy', text: formatPolicy(documents.accessPointPolicy) }]),
  ...(documents.cors === null ? [] : [{ what: 'CORS rules', text: formatCors(documents.cors) }]),
  ...(documents.lifecycle === null
    ? []
    : [{ what: 'Lifecycle rules', text: formatLifecycle(documents.lifecycle) }]),
];

/** The same set-up in the form that somebody wants it: steps in a console, documents, commands, templates. */
export const SetupDocuments = ({ input, documents, options = noOptions }: SetupDocumentsProps) => {
  const named = namedDocuments(documents);
  const aws = input.provider === 'aws';
  // Of other providers only those that speak IAM take the commands of AWS's own tool.
  const scripts = [
    { what: 'AWS CLI', code: documents.identity === null ? null : renderCli(documents, input, options) },
    { what: 'Terraform', code: renderTerraform(documents, input, options) },
    { what: 'CloudFormation', code: renderCloudFormation(documents, input, options) },
  ].flatMap(({ what, code }) => (code === null ? [] : [{ what, code }]));
  return (
    <Stack gap={16}>
      <ProviderNotes notes={documents.notes} steps={!aws} />
      <Tabs defaultValue="steps" keepMounted={false}>
        <Tabs.List>
          <Tabs.Tab value="steps">{aws ? 'In the AWS console' : 'Step by step'}</Tabs.Tab>
          {named.length > 0 && <Tabs.Tab value="documents">Documents</Tabs.Tab>}
          {scripts.map(({ what }) => (
            <Tabs.Tab key={what} value={what}>
              {what}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value="steps" pt={16}>
          <Steps steps={consoleSteps(documents, input, options)} />
        </Tabs.Panel>
        <Tabs.Panel value="documents" pt={16}>
          <Stack gap={16}>
            {named.map(({ what, text }) => (
              <JsonView key={what} what={what} value={text} />
            ))}
          </Stack>
        </Tabs.Panel>
        {scripts.map(({ what, code }) => (
          <Tabs.Panel key={what} value={what} pt={16}>
            <CodeBlock what={what} code={code} foldAfter={60} />
          </Tabs.Panel>
        ))}
      </Tabs>
    </Stack>
  );
};
