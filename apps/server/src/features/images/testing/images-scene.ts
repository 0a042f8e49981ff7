import { once } from 'node:events';
import { request as httpRequest, type ClientRequest, type IncomingHttpHeaders } from 'node:http';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createBucketServer } from '@windlass/bucket';
import { sourceLimits, type SourceId, type UsageCounts } from '@windlass/contract';
import { createRenderPool } from '@windlass/images';
import { renderSamplePictures } from '@windlass/images/samples';
import type { AppError } from '../../../kernel/app-error.ts';
import { newId } from '../../../kernel/new-id.ts';
import { Secret } from '../../../kernel/secret.ts';
import { createEndpointGuard } from '../../../platform/net/index.ts';
import { createBucket, createS3Client } from '../../../platform/s3/index.ts';
import { noPurges, type Origin, type ResolvedSource } from '../../sources/index.ts';
import {
  createDiskTier,
  createImagesServer,
  createMemoryTier,
  createOriginals,
  createPictureTiers,
  type AnsweredRequests,
  type ImagesServer,
  type PictureTier,
} from '../index.ts';

export interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

/** The images listener with everything real behind it: an embedded bucket, a disk, children. Only the clock is set by hand. */
export interface ImagesScene extends AsyncDisposable {
  server: ImagesServer;
  sources: Map<string, ResolvedSource>;
  /** What was asked of the origin, e.g. `GET a.jpg`. */
  asked: string[];
  /** By key: what the origin answers instead. */
  failures: Map<string, AppError>;
  /** Milliseconds before every answer of the origin. */
  delay: number;
  answered: AnsweredRequests[];
  logged: object[];
  usage: Partial<UsageCounts>;
  /** Pictures that children made so far. */
  rendered(): number;
  /** Pictures that children are at. */
  running(): number;
  /** How often a request joined the work of another one. */
  joins: number;
  now: Date;
  bucketTier: PictureTier | null;
  /** Nothing is remembered any more, as after a start on an empty disk; or on the one from before. */
  restart(options?: { upgrade?: boolean; keepDisk?: boolean }): Promise<void>;
  put(key: string, bytes: Uint8Array): Promise<void>;
  open(path: string, headers?: Record<string, string>, method?: string): ClientRequest;
  get(path: string, headers?: Record<string, string>, method?: string): Promise<Answer>;
  /** The body without the line feed at its end. */
  text(path: string, headers?: Record<string, string>): Promise<string>;
}

const teamId = newId('team');

const ids = new Map<string, SourceId>();
/** A source that is edited stays itself. */
const idOf = (name: string): SourceId => {
  const id = ids.get(name) ?? newId('src');
  ids.set(name, id);
  return id;
};

/** A source of the one team that all of them share, where `more` names no other. */
export const sourceNamed = (name: string, more: Partial<ResolvedSource> = {}): ResolvedSource => ({
  sourceId: idOf(name),
  teamId,
  name,
  origin: { kind: 'web', baseUrl: 'https://unused.test/' },
  originId: 'origin-1',
  prefix: '',
  signingKeys: [],
  defaultParameters: '',
  presets: {},
  presetsOnly: false,
  allowedSizes: null,
  autoFormats: ['avif', 'webp'],
  limits: sourceLimits.parse({}),
  maxAgeSeconds: 600,
  revalidateSeconds: 60,
  staleSeconds: 3600,
  fallbackPath: null,
  onError: 'text',
  cacheConnectionId: null,
  purges: noPurges,
  version: '1',
  freshUntil: Infinity,
  ...more,
});

export const createImagesScene = async (): Promise<ImagesScene> => {
  await using stack = new AsyncDisposableStack();
  const folder = await mkdtemp(join(tmpdir(), 'windlass-images-'));
  stack.defer(() => rm(folder, { recursive: true, force: true }));
  const bucketServer = stack.use(
    await createBucketServer({
      dataDirectory: join(folder, 'bucket'),
      host: '127.0.0.1',
      port: 0,
      region: 'us-east-1',
    }),
  );
  const keys = await bucketServer.ensureUser({ name: 'images' });
  await bucketServer.ensureBucket('photos', keys.userId);
  const credentials = {
    accessKeyId: keys.accessKeyId,
    secretAccessKey: new Secret(keys.secretAccessKey),
    sessionToken: null,
  };
  const address = {
    endpoint: bucketServer.url,
    region: 'us-east-1',
    addressing: 'path',
    bucket: 'photos',
    prefix: '',
  } as const;
  const guard = createEndpointGuard({ allow: ['127.0.0.1'] });
  const client = createS3Client({ guard, address, credentials, maxAttempts: 1 });
  stack.defer(() => client.destroy());
  const bucket = createBucket(client, { address, credentials, provider: 'embedded' });
  const pool = stack.use(createRenderPool({ size: 2 }));
  const log = {
    error: (entry: object) => void scene.logged.push(entry),
    warn: (entry: object) => void scene.logged.push(entry),
  };

  const obey = async (call: string, key: string, signal: AbortSignal): Promise<void> => {
    scene.asked.push(`${call} ${key}`);
    await new Promise((resolve) => setTimeout(resolve, scene.delay));
    signal.throwIfAborted();
    const failure = scene.failures.get(key);
    if (failure !== undefined) throw failure;
  };
  const originOf = (source: ResolvedSource): Origin => ({
    id: source.originId,
    head: async (key, options) => {
      await obey('HEAD', key, options.signal);
      return bucket.headObject(key, options);
    },
    open: async (key, { ifChanged, ...options }) => {
      await obey('GET', key, options.signal);
      const etag = ifChanged?.etag ?? null;
      return bucket.openObject(key, { ...options, ...(etag === null ? {} : { ifNoneMatch: etag }) });
    },
  });

  let runs = 0;
  const start = async (running: AsyncDisposableStack, upgrade: boolean): Promise<ImagesServer> => {
    const clock = { now: () => scene.now };
    const originals = await createOriginals({
      folder: join(folder, `originals-${runs}`),
      maxBytes: 256 * 1024 * 1024,
      clock,
      log,
    });
    running.use(originals);
    const disk = await createDiskTier({ folder: join(folder, `results-${runs}`), maxBytes: 1e8, log });
    await Promise.all([originals.scanned, disk.scanned]);
    const tiers = running.use(createPictureTiers({ memory: createMemoryTier(48 * 1024 * 1024), disk }));
    return running.use(
      await createImagesServer({
        host: '127.0.0.1',
        port: 0,
        imagesHost: 'images.test',
        pool,
        originals,
        tiers,
        clock,
        log,
        upgrade,
        resolveSource: async (name) => scene.sources.get(name) ?? null,
        openOrigin: async (source) => originOf(source),
        openBucketTier: async () => scene.bucketTier,
        recordUsage: (_, counts) => {
          for (const [name, count] of Object.entries(counts)) {
            const key = name as keyof UsageCounts; // The keys of a partial record are those of the record.
            scene.usage[key] = (scene.usage[key] ?? 0) + count;
          }
        },
        observer: {
          answered: (requests) => void scene.answered.push(requests),
          stages: () => undefined,
          joined: () => {
            scene.joins += 1;
          },
          purged: () => undefined,
        },
      }),
    );
  };

  let running = new AsyncDisposableStack();
  const scene: ImagesScene = {
    // Set before anybody sees the scene.
    server: undefined as unknown as ImagesServer,
    sources: new Map(),
    asked: [],
    failures: new Map(),
    delay: 0,
    answered: [],
    logged: [],
    usage: {},
    rendered: () => pool.stats().rendered,
    running: () => pool.stats().running,
    joins: 0,
    now: new Date('2026-05-04T10:00:00Z'),
    bucketTier: null,
    restart: async ({ upgrade = false, keepDisk = false } = {}) => {
      await running.disposeAsync();
      if (!keepDisk) runs += 1;
      running = new AsyncDisposableStack();
      scene.sources.clear();
      scene.failures.clear();
      scene.delay = 0;
      scene.joins = 0;
      scene.usage = {};
      scene.bucketTier = null;
      scene.now = new Date('2026-05-04T10:00:00Z');
      for (const list of [scene.asked, scene.answered, scene.logged]) list.length = 0;
      scene.server = await start(running, upgrade);
    },
    put: (key, bytes) => bucket.putObject(key, bytes, { signal: AbortSignal.timeout(10_000) }),
    open: (path, headers = {}, method = 'GET') =>
      httpRequest({ host: '127.0.0.1', port: scene.server.port, path, headers, method, agent: false }),
    get: async (path, headers, method) => {
      const request = scene.open(path, headers, method);
      request.end();
      const [response] = await once(request, 'response');
      const chunks: Buffer[] = [];
      for await (const chunk of response) chunks.push(chunk);
      return { status: response.statusCode, headers: response.headers, body: Buffer.concat(chunks) };
    },
    text: async (path, headers) => (await scene.get(path, headers)).body.toString('utf8').trim(),
    [Symbol.asyncDispose]: async () => {
      await running.disposeAsync();
      await made.disposeAsync();
    },
  };
  const made = stack.move();
  return scene;
};

/** An opaque JPEG and a PNG with alpha, of some 1600 by 2000 pixels. */
export const samplePictures = async (): Promise<{ jpeg: Uint8Array; png: Uint8Array }> => {
  const names = ['paper-shapes.jpg', 'botanical-leaves.png'];
  const pictures = await renderSamplePictures({ only: names });
  const [jpeg, png] = names.map((name) => pictures.find((picture) => picture.name === name)?.bytes);
  if (jpeg === undefined || png === undefined) throw new Error('The sample pictures have other names');
  return { jpeg, png };
};
