import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { UserCredentials, Users } from './auth/users.ts';
import { checkCorsRules, writeCors } from './cors/cors-configuration.ts';
import type { CorsRule } from './cors/cors-configuration.ts';
import type { BucketLog } from './http/access-log.ts';
import { createListener } from './http/listener.ts';
import type { BucketIam } from './iam/bucket-iam.ts';
import { openAccount } from './open-account.ts';
import type { AccountOptions } from './open-account.ts';
import { checkBucketName } from './operations/bucket-name.ts';
import { S3Error } from './s3-error.ts';
import { createLifecycleRunner } from './lifecycle/index.ts';
import { createObjectStore } from './store/index.ts';

export interface BucketServerOptions extends AccountOptions {
  host: string;
  /** 0 takes any free port. */
  port: number;
  clock?: { now(): Date };
  /** One entry for each request. */
  log?: BucketLog;
  /** What goes wrong behind the requests: in the store, in the lifecycle runner. */
  warn?: (facts: Record<string, unknown>, message: string) => void;
  /** Hosts in front of which a label names a bucket (virtual-host style); `localhost` by default. */
  baseHosts?: readonly string[];
  /** How often lifecycle rules are applied. */
  lifecycleIntervalMilliseconds?: number;
  /** A connection on which nothing moves for so long is ended; a body in the middle with RequestTimeout. */
  idleMilliseconds?: number;
}

export interface BucketServer extends AsyncDisposable {
  /** `http://host:port`, without a slash at the end. */
  readonly url: string;
  readonly port: number;
  readonly ensureUser: Users['ensureUser'];
  readonly users: Pick<Users, 'createAccessKey' | 'setAccessKeyActive' | 'deleteAccessKey'>;
  /** Users, roles, policies and identity providers; the same that the IAM calls of the endpoint work on. */
  readonly iam: BucketIam;
  /** Makes the bucket unless the user has it already. Throws BucketAlreadyExists when it is somebody else's. */
  ensureBucket(name: string, userId: string): Promise<void>;
  /** Replaces the CORS rules of a bucket. Throws an S3Error for rules that S3 would refuse. */
  putCors(bucket: string, rules: readonly CorsRule[]): Promise<void>;
}

const hourMilliseconds = 60 * 60 * 1000;
const systemClock = { now: (): Date => new Date() };

/**
 * Starts an S3 server over a folder.
 *
 * @example
 * await using bucket = await createBucketServer({ dataDirectory, host: '127.0.0.1', port: 0, region: 'us-east-1' });
 * const { userId, accessKeyId, secretAccessKey } = await bucket.ensureUser({ name: 'demo' });
 * await bucket.ensureBucket('pictures', userId);
 */
export async function createBucketServer(options: BucketServerOptions): Promise<BucketServer> {
  const clock = options.clock ?? systemClock;
  await using cleanup = new AsyncDisposableStack();
  const warn = options.warn ?? ((): void => undefined);
  const store = cleanup.use(
    await createObjectStore({ dataDirectory: options.dataDirectory, clock, log: { warn } }),
  );
  const { users, ...account } = await openAccount(options, store, clock);
  const { queryServices } = account;
  const listener = createListener({
    ...account,
    baseHosts: options.baseHosts ?? ['localhost'],
    log: options.log ?? (() => undefined),
  });
  cleanup.use(
    createLifecycleRunner({
      store,
      clock,
      intervalMilliseconds: options.lifecycleIntervalMilliseconds ?? hourMilliseconds,
      log: { warn },
    }),
  );
  const server = createServer({ keepAliveTimeout: 65_000, headersTimeout: 20_000, requestTimeout: 0 });
  server.maxConnections = 1024;
  server.on('request', (request, response) => listener.handle(request, response, false));
  server.on('checkContinue', (request, response) => listener.handle(request, response, true));
  server.setTimeout(options.idleMilliseconds ?? 30_000, (socket) => listener.onIdleSocket(socket));
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, options.host, resolve);
  });
  // Stops taking requests, lets those that run come to their end, then closes the store below them.
  cleanup.defer(async () => {
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    server.closeIdleConnections();
    const over = new AbortController();
    const deadline = setTimeout(() => server.closeAllConnections(), drainMilliseconds);
    // A disk that does not answer keeps nobody from stopping.
    const patience = sleep(drainMilliseconds + graceMilliseconds, undefined, { signal: over.signal }).catch(
      () => undefined,
    );
    await Promise.race([listener.idle(), patience]);
    over.abort();
    server.closeAllConnections();
    await closed;
    clearTimeout(deadline);
  });
  // A server that listens on a TCP port has an AddressInfo (Node: server.address).
  const { port } = server.address() as AddressInfo;
  const host = options.host.includes(':') ? `[${options.host}]` : options.host;
  const owned = cleanup.move();

  return {
    url: `http://${host}:${port}`,
    port,
    ensureUser: (input): Promise<UserCredentials> => users.ensureUser(input),
    users,
    iam: queryServices.iam,
    async ensureBucket(name, userId) {
      checkBucketName(name);
      const existing = store.getBucket(name);
      if (existing?.ownerId === userId) return;
      if (existing !== undefined) throw new S3Error('BucketAlreadyExists');
      await store.createBucket(name, userId);
    },
    async putCors(bucket, rules) {
      checkCorsRules(rules);
      await store.putDocument(bucket, 'cors', writeCors(rules));
    },
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

/** How long running requests may take to end at shutdown. */
const drainMilliseconds = 10_000;
/** And what is left of them once their connections are closed. */
const graceMilliseconds = 2000;
