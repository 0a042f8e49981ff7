import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { Secret } from '../../kernel/secret.ts';
import { createEndpointGuard } from '../net/index.ts';
import { createBucket } from './bucket-client.ts';
import { createS3Client } from './s3-client.ts';

/** What getObject ends in where the endpoint answers 404 with this body. */
const codeFor = async (body: string): Promise<string> => {
  const server = createServer((_request, response) => {
    response.writeHead(404, { 'content-type': 'application/xml' }).end(body);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  // A TCP server's address is an AddressInfo.
  const { port } = server.address() as AddressInfo;
  const address = {
    endpoint: `http://127.0.0.1:${port}`,
    region: 'us-east-1',
    addressing: 'path' as const,
    bucket: 'photos',
    prefix: '',
  };
  const credentials = { accessKeyId: 'key', secretAccessKey: new Secret('secret'), sessionToken: null };
  const client = createS3Client({
    guard: createEndpointGuard({ allow: ['127.0.0.1'] }),
    address,
    credentials,
    maxAttempts: 1,
  });
  try {
    const failure: unknown = await createBucket(client, { address, credentials, provider: 'other' })
      .getObject('a.jpg', { signal: AbortSignal.timeout(10_000), maxBytes: 100 })
      .catch((error: unknown) => error);
    return failure instanceof Error && 'code' in failure ? String(failure.code) : 'none';
  } finally {
    client.destroy();
    server.closeAllConnections();
    server.close();
  }
};

const refusal = (padding: string): string =>
  `<Error><Code>AccessDenied</Code><Message>No</Message><Padding>${padding}</Padding></Error>`;

test('the words of an error count, as long as they are as short as such words are', async () => {
  expect(await codeFor(refusal(''))).toBe('originFailed');
});

test('a long error is not read as XML, which would hold up everybody else: its status tells', async () => {
  expect(await codeFor(refusal('a'.repeat(100_000)))).toBe('notFound');
});
