import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createBucketServer } from '@windlass/bucket';
import { runTable } from './run-table.ts';

runTable('embedded', async () => {
  const dataDirectory = await mkdtemp(join(tmpdir(), 'bucket-'));
  const region = 'us-east-1';
  const server = await createBucketServer({ dataDirectory, host: '127.0.0.1', port: 0, region });
  return {
    target: {
      name: 'embedded',
      endpoint: server.url,
      region,
      owner: await server.ensureUser({ name: 'owner' }),
      stranger: await server.ensureUser({ name: 'stranger' }),
    },
    [Symbol.asyncDispose]: async () => {
      await server[Symbol.asyncDispose]();
      await rm(dataDirectory, { recursive: true, force: true });
    },
  };
});
