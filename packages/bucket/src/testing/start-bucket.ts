import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { S3Client } from '@aws-sdk/client-s3';
import type { S3ClientConfig } from '@aws-sdk/client-s3';
import { createBucketServer } from '../bucket-server.ts';
import type { BucketServer, BucketServerOptions } from '../bucket-server.ts';
import type { UserCredentials } from '../auth/users.ts';

export interface StartedBucket extends AsyncDisposable {
  server: BucketServer;
  dataDirectory: string;
  user: UserCredentials;
  /** The real SDK against the server, as the user unless told otherwise. */
  client(config?: Partial<S3ClientConfig>): S3Client;
}

/** A server on a free port over a folder of its own, with a user and the bucket `photos`; for tests. */
export async function startBucket(options: Partial<BucketServerOptions> = {}): Promise<StartedBucket> {
  await using stack = new AsyncDisposableStack();
  const dataDirectory = await mkdtemp(join(tmpdir(), 'windlass-bucket-'));
  stack.defer(() => rm(dataDirectory, { recursive: true, force: true }));
  const server = stack.use(
    await createBucketServer({ dataDirectory, host: '127.0.0.1', port: 0, region: 'us-east-1', ...options }),
  );
  const user = await server.ensureUser({ name: 'alice' });
  await server.ensureBucket('photos', user.userId);
  const clients: S3Client[] = [];
  stack.defer(() => {
    for (const client of clients) client.destroy();
  });
  const owned = stack.move();
  return {
    server,
    dataDirectory,
    user,
    client(config = {}) {
      const client = new S3Client({
        endpoint: server.url,
        region: 'us-east-1',
        forcePathStyle: true,
        credentials: user,
        maxAttempts: 1,
        ...config,
      });
      clients.push(client);
      return client;
    },
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}
