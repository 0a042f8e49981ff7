import { createBucketServer } from '@windlass/bucket';
import type { ProviderId, SignedRequest } from '@windlass/contract';
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AppError } from '../../apps/server/src/kernel/app-error.ts';
import { systemClock, type Clock } from '../../apps/server/src/kernel/clock.ts';
import { Secret } from '../../apps/server/src/kernel/secret.ts';
import { createEndpointGuard } from '../../apps/server/src/platform/net/index.ts';
import {
  createBucket,
  createS3Client,
  type Bucket,
  type BucketUploads,
} from '../../apps/server/src/platform/s3/index.ts';
import { createRequestSigner, type SignRequest } from '../../apps/server/src/platform/s3/request-signer.ts';

/** A bucket as a connection sees it, below the prefix `in/`, and a browser that sends what was signed for it. */
export interface UploadScene extends AsyncDisposable {
  bucket: Bucket;
  uploads: BucketUploads;
  /** Signs at another time than now. */
  signAt(clock: Clock): SignRequest;
}

export interface UploadServer {
  provider: ProviderId;
  endpoint: string;
  region: string;
  bucket: string;
  keys: { accessKeyId: string; secretAccessKey: string };
  /** Of one call, the first included; one unless told otherwise. */
  maxAttempts?: number;
}

export const openUploadScene = ({ provider, keys, maxAttempts = 1, ...place }: UploadServer): UploadScene => {
  const address = { ...place, addressing: 'path', prefix: 'in/' } as const;
  const credentials = {
    accessKeyId: keys.accessKeyId,
    secretAccessKey: new Secret(keys.secretAccessKey),
    sessionToken: null,
  };
  const guard = createEndpointGuard({ allow: ['127.0.0.1'] });
  const client = createS3Client({ guard, address, credentials, maxAttempts });
  const bucket = createBucket(client, { address, credentials, provider });
  return {
    bucket,
    uploads: bucket.uploads,
    signAt: (clock) =>
      createRequestSigner({
        address,
        credentials,
        clock,
        clockOffsetMilliseconds: () => 0,
        sha256: client.config.sha256,
      }),
    [Symbol.asyncDispose]: async () => client.destroy(),
  };
};

/** The same on an embedded bucket of its own. */
export const startUploadScene = async (): Promise<UploadScene> => {
  await using stack = new AsyncDisposableStack();
  const dataDirectory = await mkdtemp(join(tmpdir(), 'windlass-uploads-'));
  stack.defer(() => rm(dataDirectory, { recursive: true, force: true }));
  const server = stack.use(
    await createBucketServer({ dataDirectory, host: '127.0.0.1', port: 0, region: 'us-east-1' }),
  );
  const keys = await server.ensureUser({ name: 'uploads' });
  await server.ensureBucket('photos', keys.userId);
  const scene = stack.use(
    openUploadScene({
      provider: 'embedded',
      endpoint: server.url,
      region: 'us-east-1',
      bucket: 'photos',
      keys,
    }),
  );
  const owned = stack.move();
  return { ...scene, [Symbol.asyncDispose]: () => owned.disposeAsync() };
};

/** A key that no other test has. */
export const freshKey = (name = 'a.jpg'): string => `${randomUUID()}/${name}`;

/** Sends a signed request as a browser does: the length is the body's, and nobody can set it. */
export const send = async (
  { method, url, headers }: Pick<SignedRequest, 'method' | 'url' | 'headers'>,
  body?: Uint8Array<ArrayBuffer>,
) => {
  const { 'content-length': _, ...settable } = headers;
  const answer = await fetch(url, {
    method,
    headers: settable,
    ...(body === undefined ? {} : { body }),
    signal: AbortSignal.timeout(20_000),
  });
  const bytes = Buffer.from(await answer.arrayBuffer());
  return {
    status: answer.status,
    etag: answer.headers.get('etag') ?? '',
    headers: answer.headers,
    bytes,
    /** S3's code, of an error. */
    code: /<Code>(\w+)</.exec(bytes.toString())?.[1],
  };
};

/** The code that a call ends in, or `ok`. */
export const codeOf = (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => 'ok',
    (error: unknown) => (error instanceof AppError ? error.code : String(error)),
  );

export const anHourAgo: Clock = { now: () => new Date(systemClock.now().getTime() - 3_600_000) };

/** The one element of a list. @throws Error where there is another number of them */
export const theOnly = <T>(list: readonly T[]): T => {
  const [one] = list;
  if (one === undefined || list.length > 1) throw new Error(`There are ${list.length}.`);
  return one;
};
