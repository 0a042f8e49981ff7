import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createBucketServer } from '@windlass/bucket';

/** The embedded bucket in a process of its own, so that its CPU can be told from the client's. Ends with its parent. */
const dataDirectory = await mkdtemp(join(tmpdir(), 'bench-bucket-'));
const server = await createBucketServer({ dataDirectory, host: '127.0.0.1', port: 0, region: 'us-east-1' });
const { accessKeyId, secretAccessKey } = await server.ensureUser({ name: 'bench' });
process.send?.({ endpoint: server.url, keys: { accessKeyId, secretAccessKey } });
process.once('disconnect', () => {
  void server[Symbol.asyncDispose]()
    .then(() => rm(dataDirectory, { recursive: true, force: true }))
    .then(() => process.exit(0));
});
