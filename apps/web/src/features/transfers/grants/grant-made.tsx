import { Button, Stack, Tabs, Text } from '@mantine/core';
import type { Connection } from '@windlass/contract';
import { CodeBlock } from '../../../ui/code-block.tsx';
import { ShownOnce } from '../../../ui/shown-once.tsx';
import { grantSnippets } from './grant-snippets.ts';
import { SiteCorsRule } from './site-cors-rule.tsx';

interface GrantMadeProps {
  connection: Connection;
  made: { token: string; companionUrl: string; signUrl: string };
  onClose: () => void;
}

/** The token of a new grant, once, and what to do with it. */
export const GrantMade = ({ connection, made, onClose }: GrantMadeProps) => {
  const snippets = grantSnippets(made);
  return (
    <Stack gap={16}>
      <ShownOnce
        about="Copy what you need now: none of this is shown again."
        secrets={[
          { label: 'Token', text: made.token },
          { label: 'Address for Uppy', text: made.companionUrl },
          { label: 'Address for signRequest of Uppy 6', text: made.signUrl },
        ]}
      />
      <Tabs defaultValue={snippets[0]?.name ?? null}>
        <Tabs.List aria-label="Ways to upload with it" mb={12}>
          {snippets.map(({ name }) => (
            <Tabs.Tab key={name} value={name}>
              {name}
            </Tabs.Tab>
          ))}
          <Tabs.Tab value="cors">CORS rule</Tabs.Tab>
        </Tabs.List>
        {snippets.map(({ name, code }) => (
          <Tabs.Panel key={name} value={name}>
            <CodeBlock what={name} code={code} />
          </Tabs.Panel>
        ))}
        <Tabs.Panel value="cors">
          <SiteCorsRule connection={connection} />
        </Tabs.Panel>
      </Tabs>
      <Text size="sm" c="dimmed">
        Whoever has the token may upload within its bounds until it ends, and do nothing else: treat it as a
        password. For a page of yours the bucket needs a CORS rule that names its site: the last tab writes
        it.
      </Text>
      <Button onClick={onClose} style={{ alignSelf: 'flex-end' }}>
        Done
      </Button>
    </Stack>
  );
};
