import type { BucketServer } from '@windlass/bucket';
import type { SamplePicture } from '@windlass/images/samples';
import type { ConnectionId, SourceId, TeamId } from '@windlass/contract';
import { AppError } from '../../kernel/app-error.ts';
import type { Clock } from '../../kernel/clock.ts';
import type { Log } from '../../kernel/log.ts';
import { Secret } from '../../kernel/secret.ts';
import type { Database } from '../../platform/db/index.ts';
import type { Bucket } from '../../platform/s3/bucket.ts';
import type { ConnectionsService } from '../connections/index.ts';
import { beginFirstRun, noteFirstRun, type FirstRun } from './store.ts';

/** The source that the first run makes. */
export interface DemoSource {
  teamId: TeamId;
  connectionId: ConnectionId;
  name: string;
  defaultParameters: string;
}

export interface DemoDeps {
  db: Database;
  clock: Clock;
  log: Log;
  /** Region that the embedded bucket signs with. */
  region: string;
  bucket: Pick<BucketServer, 'url' | 'ensureUser' | 'ensureBucket' | 'putCors'>;
  /** The team of the first run, with nobody in it. */
  ensureDemoTeam(name: string): Promise<{ teamId: TeamId }>;
  connections: Pick<ConnectionsService, 'ensureDemo' | 'openBucket'>;
  /** Makes the source where it is missing, marked as demo; null where somebody else's has the name. */
  ensureDemoSource(source: DemoSource): Promise<SourceId | null>;
  renderPictures(options: { signal: AbortSignal }): Promise<SamplePicture[]>;
}

export interface DemoService {
  /**
   * Seeds the first run: team, bucket, connection, pictures, source. Goes on where a killed start stopped. Once it
   * is finished it never makes anything again: what people remove stays removed. It only tells the connection when
   * the embedded bucket has moved to another port.
   */
  ensure(signal: AbortSignal): Promise<void>;
}

const name = 'demo';

const storedKeys = async (bucket: Bucket, signal: AbortSignal): Promise<Set<string>> => {
  const { objects } = await bucket.listObjects({ signal, limit: 1000 });
  return new Set(objects.map(({ key }) => key));
};

export const createDemoService = (deps: DemoDeps): DemoService => {
  const { db, bucket, connections, log } = deps;

  const connect = async (teamId: TeamId): Promise<ConnectionId> => {
    const { userId, accessKeyId, secretAccessKey } = await bucket.ensureUser({ name });
    await bucket.ensureBucket(name, userId);
    // Pages of any origin may read what they have a signed URL for; writing is for later jobs to ask.
    await bucket.putCors(name, [
      {
        allowedOrigins: ['*'],
        allowedMethods: ['GET', 'HEAD'],
        allowedHeaders: ['*'],
        exposeHeaders: ['ETag'],
      },
    ]);
    const connectionId = await connections.ensureDemo({
      teamId,
      name,
      provider: 'other',
      bucket: name,
      region: deps.region,
      endpoint: bucket.url,
      addressing: 'path',
      prefix: '',
      jobs: ['deliver'],
      credentials: { accessKeyId, secretAccessKey: new Secret(secretAccessKey), sessionToken: null },
    });
    await noteFirstRun(db, { teamId, connectionId, endpoint: bucket.url });
    return connectionId;
  };

  const putPictures = async (
    teamId: TeamId,
    connectionId: ConnectionId,
    signal: AbortSignal,
  ): Promise<number> => {
    const target = await connections.openBucket(teamId, connectionId);
    const there = await storedKeys(target, signal);
    const pictures = await deps.renderPictures({ signal });
    const missing = pictures.filter((picture) => !there.has(picture.name));
    for (const picture of missing) {
      // One after another: the disk is the limit, and a start has other work too.
      await target.putObject(picture.name, picture.bytes, { signal, contentType: picture.contentType });
    }
    return missing.length;
  };

  const seed = async (signal: AbortSignal): Promise<void> => {
    const { teamId } = await deps.ensureDemoTeam('Demo');
    const connectionId = await connect(teamId);
    const pictures = await putPictures(teamId, connectionId, signal);
    await deps.ensureDemoSource({ teamId, connectionId, name, defaultParameters: 'format=webp' });
    await noteFirstRun(db, { finishedAt: deps.clock.now() });
    log.info({ teamId, connectionId, pictures }, 'The demo is there');
  };

  const isThere = async (teamId: TeamId, connectionId: ConnectionId): Promise<boolean> => {
    try {
      await connections.openBucket(teamId, connectionId);
      return true;
    } catch (error) {
      if (error instanceof AppError && error.code === 'notFound') return false;
      throw error;
    }
  };

  const follow = async ({ teamId, connectionId, endpoint }: FirstRun): Promise<void> => {
    if (teamId === null || connectionId === null || endpoint === bucket.url) return;
    if (await isThere(teamId, connectionId)) await connect(teamId);
  };

  return {
    ensure: async (signal) => {
      const before = await beginFirstRun(db, deps.clock.now());
      await (before.finishedAt === null ? seed(signal) : follow(before));
    },
  };
};
