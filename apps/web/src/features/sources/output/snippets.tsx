import { SegmentedControl, Stack, Text } from '@mantine/core';
import { useLocalStorage } from '@mantine/hooks';
import { CodeBlock } from '../../../ui/code-block.tsx';
import { clientSnippet, snippetClients, type SnippetClient } from './client-snippets.ts';
import { deliveryAddress } from './delivery-address.ts';
import type { OutputInput } from './output-input.ts';

const clientWords = {
  sdk: 'Windlass SDK',
  javascript: 'JavaScript',
  python: 'Python',
  ruby: 'Ruby',
  elixir: 'Elixir',
} as const satisfies Record<SnippetClient, string>;

/** How each library is brought in. */
const installWords = {
  sdk: 'npm install ./windlass-sdk-0.1.0.tgz',
  javascript: 'npm install @imglab/core',
  python: 'pip install imglab',
  ruby: 'bundle add imglab',
  elixir: '{:imglab, "~> 0.3"} in mix.exs',
} as const satisfies Record<SnippetClient, string>;

/** Code that builds the URL on the stage, with a client library told where this server is. */
export const Snippets = ({ source, path, parameters }: OutputInput) => {
  const [client, setClient] = useLocalStorage<SnippetClient>({
    key: 'windlass-snippet-client',
    defaultValue: 'sdk',
    getInitialValueInEffect: false,
    deserialize: (stored) => snippetClients.find((known) => known === stored) ?? 'sdk',
    serialize: String,
  });
  return (
    <Stack gap={12}>
      <SegmentedControl
        size="xs"
        w="fit-content"
        maw="100%"
        className="wl-segments"
        aria-label="Language"
        data={snippetClients.map((value) => ({ value, label: clientWords[value] }))}
        value={client}
        onChange={setClient}
      />
      <Text size="sm" c="dimmed">
        <code className="wl-name">{installWords[client]}</code>
        {client === 'sdk' ? (
          <>
            : on no registry; <code className="wl-name">node scripts/package-tarball.js sdk</code> makes it in
            a clone of Windlass.
          </>
        ) : (
          ': imglab’s own client, which works with this server as it is.'
        )}
        {source.secured &&
          ' The keys come from the environment of your server: in a browser whoever sees them could sign anything.'}
      </Text>
      <CodeBlock
        what={clientWords[client]}
        foldAfter={40}
        code={clientSnippet(client, {
          address: deliveryAddress(source),
          path,
          parameters,
          secured: source.secured,
        }).trimEnd()}
      />
    </Stack>
  );
};
