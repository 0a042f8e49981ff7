import type { SamplePicture } from '@windlass/images/samples';
import type { ConnectionId, SourceId, TeamId } from '@windlass/contract';
import type { Clock } from '../../kernel/clock.ts';
import type { Log } from '../../kernel/log.ts';
import type { Database } from '../../platform/db/index.ts';
import type { Bucket, S3Credentials } from '../../platform/s3/index.ts';
import type { ConnectionsService } from '../connections/index.ts';
import {
  demoName,
  ensureDeliverKey,
  ensureDemoBucket,
  openDemoBucket,
  type DemoBucketServer,
} from './demo-bucket.ts';
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
  bucket: DemoBucketServer;
  /** The team of the first run, with nobody in it. */
  ensureDemoTeam(name: string): Promise<{ teamId: TeamId }>;
  connections: Pick<ConnectionsService, 'ensureDemo' | 'moveDemo'>;
  /** Makes the source where it is missing, marked as demo; null where somebody else's has the name. */
  ensureDemoSource(source: DemoSource): Promise<SourceId | null>;
  renderPictures(options: { signal: AbortSignal }): Promise<SamplePicture[]>;
}

export interface DemoService {
  /**
   * Seeds the first run: team, bucket, pictures, connection, source. Goes on where a killed start stopped. Once it
   * is finished it never makes anything again: what people remove stays removed, and what they change stays changed. It
   * only tells the connection when the embedded bucket has moved to another port.
   */
  ensure(signal: AbortSignal): Promise<void>;
}

const storedKeys = async (bucket: Bucket, signal: AbortSignal): Promise<Set<string>> => {
  const { objects } = await bucket.listObjects({ signal, limit: 1000 });
  return new Set(objects.map(({ key }) => key));
};

export const createDemoService = (deps: DemoDeps): DemoService => {
  const { db, bucket, region, connections, log } = deps;

  const connect = async (teamId: TeamId): Promise<ConnectionId> => {
    const connectionId = await connections.ensureDemo({
      teamId,
      name: demoName,
      provider: 'embedded',
      bucket: demoName,
      region,
      endpoint: bucket.url,
      addressing: 'path',
      prefix: '',
      jobs: ['deliver'],
      credentials: await ensureDeliverKey(bucket, region),
    });
    await noteFirstRun(db, { teamId, connectionId, endpoint: bucket.url });
    return connectionId;
  };

  const putPictures = async (owner: S3Credentials, signal: AbortSignal): Promise<number> => {
    using opened = openDemoBucket(bucket, region, owner);
    const there = await storedKeys(opened.bucket, signal);
    const pictures = await deps.renderPictures({ signal });
    const missing = pictures.filter((picture) => !there.has(picture.name));
    for (const picture of missing) {
      // One after another: the disk is the limit, and a start has other work too.
      await opened.bucket.putObject(picture.name, picture.bytes, {
        signal,
        contentType: picture.contentType,
      });
    }
    return missing.length;
  };

  const seed = async (signal: AbortSignal): Promise<void> => {
    const { teamId } = await deps.ensureDemoTeam('Demo');
    const owner = await ensureDemoBucket(bucket);
    // Before the connection is there: its first check then has a picture to read.
    const pictures = await putPictures(owner, signal);
    const connectionId = await connect(teamId);
    await deps.ensureDemoSource({
      teamId,
      connectionId,
      name: demoName,
      defaultParameters: 'format=webp',
    });
    await noteFirstRun(db, { finishedAt: deps.clock.now() });
    log.info({ teamId, connectionId, pictures }, 'The demo is there');
  };

  const follow = async ({ teamId, connectionId, endpoint }: FirstRun): Promise<void> => {
    if (teamId === null || connectionId === null || endpoint === null || endpoint === bucket.url) return;
    await connections.moveDemo({ teamId, id: connectionId, from: endpoint, to: bucket.url });
    await noteFirstRun(db, { endpoint: bucket.url });
  };

  return {
    ensure: async (signal) => {
      const before = await beginFirstRun(db, deps.clock.now());
      await (before.finishedAt === null ? seed(signal) : follow(before));
    },
  };
};
