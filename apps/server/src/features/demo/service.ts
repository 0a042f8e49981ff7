import type { SamplePicture } from '@windlass/images/samples';
import type { ConnectionId, SourceId, TeamId } from '@windlass/contract';
import type { Clock } from '../../kernel/clock.ts';
import type { Log } from '../../kernel/log.ts';
import type { Database } from '../../platform/db/index.ts';
import type { Bucket, S3Credentials } from '../../platform/s3/index.ts';
import type { ConnectionsService } from '../connections/index.ts';
import type { DropsService } from '../drops/index.ts';
import type { TransfersService } from '../transfers/index.ts';
import {
  ensureDemoBuckets,
  ensureDemoKey,
  openDemoBucket,
  ordersPlace,
  picturesPlace,
  type DemoBucketServer,
  type DemoPlace,
} from './demo-bucket.ts';
import { orderSamples } from './sample-order.ts';
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
  drops: Pick<DropsService, 'ensureDemo' | 'pages'>;
  transfers: Pick<TransfersService, 'grantOf' | 'uploads'>;
  /** Origin of the pages that upload, without a trailing slash. */
  publicUrl: string;
  renderPictures(options: { signal: AbortSignal }): Promise<SamplePicture[]>;
}

export interface DemoService {
  /**
   * Seeds the first run: team, buckets, pictures, connections, source, and an order page with an order. Goes on where a
   * killed start stopped. Once it is finished it never makes anything again: what people remove stays removed, and what
   * they change stays changed. It only tells the connections when the embedded bucket has moved to another port.
   */
  ensure(signal: AbortSignal): Promise<void>;
}

/** Its page is /d/demo-prints. */
const dropName = 'demo-prints';

const storedKeys = async (bucket: Bucket, signal: AbortSignal): Promise<Set<string>> => {
  const { objects } = await bucket.listObjects({ signal, limit: 1000 });
  return new Set(objects.map(({ key }) => key));
};

export const createDemoService = (deps: DemoDeps): DemoService => {
  const { db, bucket, region, connections, drops, log } = deps;

  const connect = async (teamId: TeamId, place: DemoPlace): Promise<ConnectionId> =>
    connections.ensureDemo({
      teamId,
      name: place.name,
      provider: 'embedded',
      bucket: place.name,
      region,
      endpoint: bucket.url,
      addressing: 'path',
      prefix: '',
      jobs: [...place.jobs],
      credentials: await ensureDemoKey(bucket, region, place),
    });

  const putPictures = async (
    owner: S3Credentials,
    pictures: readonly SamplePicture[],
    signal: AbortSignal,
  ): Promise<number> => {
    using opened = openDemoBucket(bucket, region, owner);
    const there = await storedKeys(opened.bucket, signal);
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

  /** An order page, and one order on it: a killed start may leave a draft besides, which goes by itself. */
  const seedOrders = async (
    teamId: TeamId,
    pictures: readonly SamplePicture[],
    signal: AbortSignal,
  ): Promise<void> => {
    const connectionId = await connect(teamId, ordersPlace);
    await noteFirstRun(db, { ordersConnectionId: connectionId });
    const page = await drops.ensureDemo({ teamId, connectionId, name: dropName });
    if (page?.orders !== 0) return;
    await orderSamples({ pages: drops.pages, transfers: deps.transfers }, dropName, pictures, signal);
  };

  const seed = async (signal: AbortSignal): Promise<void> => {
    const { teamId } = await deps.ensureDemoTeam('Demo');
    const owner = await ensureDemoBuckets(bucket, deps.publicUrl);
    const pictures = await deps.renderPictures({ signal });
    // Before the connection is there: its first check then has a picture to read.
    const put = await putPictures(owner, pictures, signal);
    const connectionId = await connect(teamId, picturesPlace);
    await noteFirstRun(db, { teamId, connectionId, endpoint: bucket.url });
    await deps.ensureDemoSource({
      teamId,
      connectionId,
      name: picturesPlace.name,
      defaultParameters: 'format=webp',
    });
    await seedOrders(teamId, pictures, signal);
    await noteFirstRun(db, { finishedAt: deps.clock.now() });
    log.info({ teamId, connectionId, pictures: put }, 'The demo is there');
  };

  const follow = async (run: FirstRun): Promise<void> => {
    const { teamId, endpoint: from } = run;
    if (teamId === null || from === null || from === bucket.url) return;
    for (const id of [run.connectionId, run.ordersConnectionId]) {
      if (id !== null) await connections.moveDemo({ teamId, id, from, to: bucket.url });
    }
    await noteFirstRun(db, { endpoint: bucket.url });
  };

  return {
    ensure: async (signal) => {
      const before = await beginFirstRun(db, deps.clock.now());
      await (before.finishedAt === null ? seed(signal) : follow(before));
    },
  };
};
