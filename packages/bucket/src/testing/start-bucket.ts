import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { IAMClient } from '@aws-sdk/client-iam';
import { S3Client } from '@aws-sdk/client-s3';
import type { S3ClientConfig } from '@aws-sdk/client-s3';
import { STSClient } from '@aws-sdk/client-sts';
import { createBucketServer } from '../bucket-server.ts';
import type { BucketServer, BucketServerOptions } from '../bucket-server.ts';
import type { UserCredentials } from '../auth/users.ts';

/** Of a user or a session. */
export interface TestCredentials {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken?: string;
}

export interface StartedBucket extends AsyncDisposable {
  server: BucketServer;
  dataDirectory: string;
  user: UserCredentials;
  /** The real SDK against the server, as the user unless told otherwise. */
  client(config?: Partial<S3ClientConfig>): S3Client;
  iam(credentials: TestCredentials): IAMClient;
  sts(credentials: TestCredentials): STSClient;
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
  const clients: { destroy(): void }[] = [];
  stack.defer(() => {
    for (const client of clients) client.destroy();
  });
  const owned = stack.move();
  const endpoint = { endpoint: server.url, region: 'us-east-1', maxAttempts: 1 };
  const kept = <Client extends { destroy(): void }>(client: Client): Client => {
    clients.push(client);
    return client;
  };
  return {
    server,
    dataDirectory,
    user,
    client: (config = {}) =>
      kept(new S3Client({ ...endpoint, forcePathStyle: true, credentials: user, ...config })),
    iam: (credentials) => kept(new IAMClient({ ...endpoint, credentials })),
    sts: (credentials) => kept(new STSClient({ ...endpoint, credentials })),
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}
