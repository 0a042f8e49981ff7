import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import {
  DeleteObjectCommand,
  GetObjectCommand,
  ListBucketsCommand,
  ListObjectsV2Command,
  PutObjectCommand,
} from '@aws-sdk/client-s3';
import type { EndpointGuard } from '../net/index.ts';
import { describeS3Failure, type S3Failure } from './describe-failure.ts';
import { notS3, plainHttpToTls } from './failure-causes.ts';
import { readBody } from './read-body.ts';
import { createS3Client, type BucketAddress, type S3Credentials } from './s3-client.ts';
import { createScrub, type Scrub } from './scrub.ts';

/** What a single try gave, and how long it took. A failure is a finding here, not an error. */
export type ProbeOutcome<T> = { durationMilliseconds: number } & (
  | { ok: true; found: T; failure?: never }
  | { ok: false; failure: S3Failure }
);

/** Single calls with the real credentials, each tried once. */
export interface BucketProbe extends Disposable {
  /** One page of one key below the prefix. */
  list(signal: AbortSignal): Promise<ProbeOutcome<{ firstKey: string | null; region: string | null }>>;
  /** Answers on some servers to whoever has valid credentials; tells a wrong key from a missing right. */
  listBuckets(signal: AbortSignal): Promise<ProbeOutcome<null>>;
  put(key: string, signal: AbortSignal): Promise<ProbeOutcome<null>>;
  /** The first byte; never HEAD, whose failures have no words. */
  get(key: string, signal: AbortSignal): Promise<ProbeOutcome<null>>;
  delete(key: string, signal: AbortSignal): Promise<ProbeOutcome<{ markerLeft: boolean }>>;
}

const probeBody = new TextEncoder().encode('Written by the connection check of Windlass; safe to delete.\n');

/** Keys are whole: the prefix is part of them. */
export const createBucketProbe = (options: {
  guard: EndpointGuard;
  address: BucketAddress;
  credentials: S3Credentials;
  clockOffsetMilliseconds: number;
}): BucketProbe => {
  const client = createS3Client({ ...options, maxAttempts: 1 });
  const { bucket, prefix } = options.address;
  const scrub = createScrub(revealed(options.credentials));
  const attempt = <T>(run: () => Promise<T>) => timed(run, scrub);
  return {
    list: (signal) =>
      attempt(async () => {
        let region: string | null = null;
        const command = new ListObjectsV2Command({ Bucket: bucket, Prefix: prefix, MaxKeys: 1 });
        readHeader(command, 'x-amz-bucket-region', (value) => (region = value));
        const page = await client.send(command, { abortSignal: signal });
        // The SDK takes any XML, a web page too; S3 always says whose page it is.
        if (page.Name === undefined && page.KeyCount === undefined) throw new NotS3();
        return { firstKey: page.Contents?.[0]?.Key ?? null, region };
      }),
    listBuckets: (signal) =>
      attempt(async () => {
        await client.send(new ListBucketsCommand({}), { abortSignal: signal });
        return null;
      }),
    put: (key, signal) =>
      attempt(async () => {
        await client.send(
          new PutObjectCommand({ Bucket: bucket, Key: key, Body: probeBody, ContentType: 'text/plain' }),
          { abortSignal: signal },
        );
        return null;
      }),
    get: (key, signal) =>
      attempt(async () => {
        const found = await client.send(
          new GetObjectCommand({ Bucket: bucket, Key: key, Range: 'bytes=0-0' }),
          {
            abortSignal: signal,
          },
        );
        // A server without ranges sends the whole; no more than the probe's own size is of interest.
        await readBody(found.Body, probeBody.byteLength, signal).catch(() => {});
        return null;
      }),
    delete: (key, signal) =>
      attempt(async () => {
        const gone = await client.send(new DeleteObjectCommand({ Bucket: bucket, Key: key }), {
          abortSignal: signal,
        });
        return { markerLeft: gone.DeleteMarker === true };
      }),
    [Symbol.dispose]: () => client.destroy(),
  };
};

/** What anybody can learn of an endpoint without credentials. */
export interface EndpointFacts {
  /** How far the server's clock is ahead of this machine's; null without a Date header. */
  clockAheadMilliseconds: number | null;
}

/** DNS, TCP, TLS and any HTTP answer at all, without a signature. */
export const probeEndpoint = (
  guard: EndpointGuard,
  endpoint: string,
  signal: AbortSignal,
): Promise<ProbeOutcome<EndpointFacts>> =>
  timed(async () => {
    const agents = guard.agentsFor(endpoint);
    try {
      const send = agents.endpoint.secure ? httpsRequest : httpRequest;
      const agent = agents.endpoint.secure ? agents.httpsAgent : agents.httpAgent;
      const startedAt = Date.now();
      const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
      send(agents.endpoint.origin, { agent, signal, method: 'GET' }, resolve).on('error', reject).end();
      const response = await promise;
      const middle = (startedAt + Date.now()) / 2;
      const body = await readBody(response, 64 * 1024, signal).catch(() => Buffer.alloc(0));
      if (
        response.statusCode === 400 &&
        /HTTP request .{0,20}to .{0,12}HTTPS/i.test(body.toString('latin1'))
      ) {
        throw new PlainHttpToTls();
      }
      const date = Date.parse(response.headers.date ?? '');
      // The header counts whole seconds and cuts off the rest.
      return { clockAheadMilliseconds: Number.isNaN(date) ? null : Math.round(date + 500 - middle) };
    } finally {
      agents.destroy();
    }
  }, createScrub(null));

class NotS3 extends Error {}
class PlainHttpToTls extends Error {}

const timed = async <T>(run: () => Promise<T>, scrub: Scrub): Promise<ProbeOutcome<T>> => {
  const start = performance.now();
  const duration = (): number => Math.round(performance.now() - start);
  try {
    const found = await run();
    return { ok: true, found, durationMilliseconds: duration() };
  } catch (error) {
    const failure = describeS3Failure(error, scrub);
    const own = error instanceof NotS3 ? notS3 : error instanceof PlainHttpToTls ? plainHttpToTls : null;
    return { ok: false, failure: { ...failure, ...own }, durationMilliseconds: duration() };
  }
};

/** A header of a successful answer, of which the SDK's results have only some. */
const readHeader = (command: ListObjectsV2Command, name: string, found: (value: string) => void): void => {
  command.middlewareStack.add(
    (next) => async (args) => {
      const result = await next(args);
      const { response } = result;
      if (typeof response === 'object' && response !== null && 'headers' in response) {
        // Smithy's HttpResponse: lower-case names to texts.
        const value = (response.headers as Record<string, string | undefined>)[name];
        if (value !== undefined) found(value);
      }
      return result;
    },
    { step: 'deserialize', priority: 'low', name: 'windlassReadHeader' },
  );
};

const revealed = ({ accessKeyId, secretAccessKey, sessionToken }: S3Credentials) => ({
  accessKeyId,
  secretAccessKey: secretAccessKey.reveal(),
  sessionToken: sessionToken?.reveal(),
});

/** The scrub that fits these credentials. */
export const scrubFor = (credentials: S3Credentials): Scrub => createScrub(revealed(credentials));
