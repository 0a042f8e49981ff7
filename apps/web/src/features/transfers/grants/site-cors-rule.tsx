import { Stack, Text, TextInput } from '@mantine/core';
import type { Connection } from '@windlass/contract';
import { useState } from 'react';
import { sentence } from '../../../lib/format.ts';
import { CodeBlock } from '../../../ui/code-block.tsx';
import { JsonView } from '../../../ui/json-view.tsx';
import { siteCors } from './site-cors.ts';

/** Writes the rule that lets a site of one's own upload to the bucket of a connection, as its origin is typed. */
export const SiteCorsRule = ({ connection }: { connection: Connection }) => {
  const [site, setSite] = useState('https://shop.example');
  const cors = siteCors(connection, site);
  return (
    <Stack gap={12}>
      <TextInput
        label="Origin of the page"
        description="Scheme, host and port of the site that uploads."
        spellCheck={false}
        inputMode="url"
        value={site}
        onChange={({ currentTarget: { value } }) => setSite(value)}
        error={cors.kind === 'noOrigin' ? sentence(cors.why) : null}
      />
      {cors.kind === 'ruleless' && (
        <Text size="sm">
          This provider keeps no CORS rules for a bucket: its operator allows origins for the whole server.
        </Text>
      )}
      {cors.kind === 'rules' && (
        <>
          <JsonView what="CORS rule" value={cors.rules} />
          <CodeBlock what="AWS CLI" code={cors.command} />
          <Text size="sm" c="dimmed">
            {connection.provider === 'embedded'
              ? 'The embedded bucket takes it through its S3 API, with the keys of its administrator. '
              : 'Add it in the provider’s console, or run the command with keys that may s3:PutBucketCORS. '}
            The command replaces the rules that the bucket has.
          </Text>
        </>
      )}
    </Stack>
  );
};
