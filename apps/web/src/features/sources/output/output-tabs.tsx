import { Stack, Tabs } from '@mantine/core';
import { curlLine } from '../../../lib/image-url.ts';
import { CodeBlock } from '../../../ui/code-block.tsx';
import { ExpiringUrl } from './expiring-url.tsx';
import type { OutputInput } from './output-input.ts';
import { savedName } from './saved-name.ts';
import { Snippets } from './snippets.tsx';
import { SrcsetBuilder } from './srcset-builder.tsx';

/** What to paste: the URL, a srcset, code for a client library, a URL that ends. */
export const OutputTabs = ({ url, ...input }: OutputInput & { url: string | undefined }) => (
  <Tabs defaultValue="url" keepMounted={false}>
    <Tabs.List aria-label="What to paste" mb={16}>
      <Tabs.Tab value="url">URL</Tabs.Tab>
      <Tabs.Tab value="srcset">HTML, srcset</Tabs.Tab>
      <Tabs.Tab value="code">Code</Tabs.Tab>
      <Tabs.Tab value="expiring">Expiring URL</Tabs.Tab>
    </Tabs.List>
    <Tabs.Panel value="url">
      {url !== undefined && (
        <Stack gap={12}>
          <CodeBlock what="URL" code={url} />
          <CodeBlock
            what="curl"
            code={curlLine(url, savedName(input.source, input.path, input.parameters))}
          />
        </Stack>
      )}
    </Tabs.Panel>
    <Tabs.Panel value="srcset">
      <SrcsetBuilder {...input} />
    </Tabs.Panel>
    <Tabs.Panel value="code">
      <Snippets {...input} />
    </Tabs.Panel>
    <Tabs.Panel value="expiring">
      <ExpiringUrl {...input} />
    </Tabs.Panel>
  </Tabs>
);
