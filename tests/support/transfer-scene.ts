import {
  AbortMultipartUploadCommand,
  ListMultipartUploadsCommand,
  ListObjectsV2Command,
  S3Client,
} from '@aws-sdk/client-s3';
import { createConnection, uploadLimits, type Connection } from '@windlass/contract';
import {
  createTransfersService,
  type Grant,
  type LedgerFile,
  type NewGrant,
  type TransfersService,
} from '../../apps/server/src/features/transfers/index.ts';
import { silentLog } from '../../apps/server/src/kernel/log.ts';
import { createTeamAccess } from '../../apps/server/src/features/teams/index.ts';
import { createMovingClock, type MovingClock } from './moving-clock.ts';
import { createTeamScene, type TeamScene } from './team-scene.ts';

/** A team scene with transfers on the bucket `photos`. */
export interface TransferScene extends TeamScene {
  transfers: TransfersService;
  clock: MovingClock;
  /** With the rights of the bucket's owner, below the prefix `team/`. */
  connection: Connection;
  /** With a key that may do nothing but `s3:PutObject`, below `put-only/`. */
  putOnly: Connection;
  /** What was told of received files, one entry a transaction. */
  told: { files: readonly LedgerFile[]; grant: Grant }[];
  /** What was told of receipts that were taken back, one entry a transaction. */
  toldMissing: { files: readonly LedgerFile[]; grant: Grant }[];
  /** Has the next thing that is told fail, as if the database had. */
  failNextTelling(): void;
  /** A grant of the team on `connection`, below `in/`, for a day, unless said otherwise. */
  openGrant(changes?: Partial<Omit<NewGrant, 'limits'>> & { limits?: object }): Promise<Grant>;
  /** A connection to the bucket below a prefix, with the rights of its owner unless other credentials are given. */
  connect(name: string, prefix: string, credentials?: object): Promise<Connection>;
  /** What a grant has counted, as its team sees it. */
  countedBy(grant: Pick<Grant, 'id'>): Promise<{ files: number | undefined; bytes: number | undefined }>;
  /** Whole keys of the bucket. */
  keys(): Promise<string[]>;
  /** Whole keys of multipart uploads that the bucket has open. */
  openUploads(): Promise<string[]>;
  /** As the bucket's owner does, or a lifecycle rule. */
  abortInBucket(key: string, uploadId: string): Promise<void>;
}

const putOnlyPolicy = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: 's3:PutObject', Resource: 'arn:aws:s3:::photos/put-only/*' }],
});

/** @example await using scene = await createTransferScene(); */
export const createTransferScene = async (): Promise<TransferScene> => {
  await using stack = new AsyncDisposableStack();
  const clock = createMovingClock();
  const told: TransferScene['told'] = [];
  const toldMissing: TransferScene['toldMissing'] = [];
  let telling: 'works' | 'fails' = 'works';
  const scene: TeamScene = stack.use(
    await createTeamScene({
      clock,
      uses: [
        {
          objection: (...at) => transfers.connectionUse.objection(...at),
          release: (...at) => transfers.connectionUse.release(...at),
        },
      ],
    }),
  );
  const { db, bucket, actors, teamId, connections } = scene;
  const transfers = createTransfersService({
    db,
    clock,
    log: silentLog,
    access: createTeamAccess({ db }),
    openBucket: connections.openBucket,
    jobs: {
      enqueue: async (_trx, queue, payload) => {
        scene.enqueued.push({ queue: queue.name, payload });
        return null;
      },
    },
    onReceived: {
      team: async (_trx, files, grant) => {
        if (telling === 'fails') {
          telling = 'works';
          throw new Error('the database is away');
        }
        told.push({ files, grant });
      },
    },
    onMissing: {
      team: async (_trx, files, grant) => {
        toldMissing.push({ files, grant });
      },
    },
    countReceived: () => {},
  });

  const connect: TransferScene['connect'] = (name, prefix, credentials = scene.credentials) =>
    connections.create(
      actors.owner,
      teamId,
      createConnection.body.parse({
        name,
        provider: 'embedded',
        bucket: 'photos',
        endpoint: bucket.url,
        addressing: 'path',
        prefix,
        jobs: ['ingest'],
        credentials,
      }),
    );
  await bucket.iam.createUser({ name: 'put-only' });
  await bucket.iam.putPolicy({ user: 'put-only' }, 'put', putOnlyPolicy);
  const connection = await connect('photos', 'team/');
  const putOnly = await connect('put-only', 'put-only/', await bucket.iam.createAccessKey('put-only'));

  const client = new S3Client({
    endpoint: bucket.url,
    region: 'us-east-1',
    forcePathStyle: true,
    credentials: scene.credentials,
  });
  stack.defer(() => client.destroy());
  const owned = stack.move();

  return {
    ...scene,
    transfers,
    clock,
    connection,
    putOnly,
    told,
    toldMissing,
    failNextTelling: () => {
      telling = 'fails';
    },
    openGrant: async ({ limits = {}, ...changes } = {}) => {
      const { token } = await transfers.openGrant(db, {
        teamId,
        connectionId: connection.id,
        prefix: 'in/',
        onConflict: 'refuse',
        expiresAt: new Date(clock.now().getTime() + 24 * 60 * 60_000),
        holder: { kind: 'team' },
        madeBy: null,
        limits: uploadLimits.parse(limits),
        ...changes,
      });
      return transfers.grantOf(token.reveal());
    },
    connect,
    countedBy: async ({ id }) => {
      const { items } = await transfers.listGrants(actors.member, teamId, { limit: 200 });
      const found = items.find((grant) => grant.id === id);
      return { files: found?.files, bytes: found?.bytes };
    },
    keys: async () => {
      const { Contents = [] } = await client.send(new ListObjectsV2Command({ Bucket: 'photos' }));
      return Contents.map(({ Key = '' }) => Key);
    },
    openUploads: async () => {
      const { Uploads = [] } = await client.send(new ListMultipartUploadsCommand({ Bucket: 'photos' }));
      return Uploads.map(({ Key = '' }) => Key);
    },
    abortInBucket: async (key, uploadId) => {
      await client.send(new AbortMultipartUploadCommand({ Bucket: 'photos', Key: key, UploadId: uploadId }));
    },
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
};
