import { S3Client } from '@aws-sdk/client-s3';
import {
  createConnection,
  planProvisioning,
  undoProvisioning,
  type Connection,
  type ProvisioningId,
  type ProvisioningKind,
} from '@windlass/contract';
import type { PlatformKey } from '../../apps/server/src/features/connections/index.ts';
import {
  createProvisioningService,
  type ProvisioningService,
} from '../../apps/server/src/features/provisioning/index.ts';
import { createTeamAccess } from '../../apps/server/src/features/teams/index.ts';
import { systemClock } from '../../apps/server/src/kernel/clock.ts';
import { Secret } from '../../apps/server/src/kernel/secret.ts';
import { createRecordingLog } from './recording-log.ts';
import { createTeamScene, type TeamScene } from './team-scene.ts';

/** Provisioning on the embedded bucket, with an administrator of its account and a user that this server is there. */
export interface ProvisioningScene extends AsyncDisposable {
  team: TeamScene;
  provisioning: ProvisioningService;
  admin: { accessKeyId: string; secretAccessKey: string };
  /** With the administrator's keys. */
  s3: S3Client;
  /** Emptied, this server is nobody. */
  platformKeys: PlatformKey[];
  log: ReturnType<typeof createRecordingLog>;
  /** A connection without credentials to a bucket that is not there yet. */
  connect(given?: object): Promise<Connection>;
  plan(connection: Connection, choices?: object): ReturnType<ProvisioningService['plan']>;
  apply(connection: Connection, id: ProvisioningId): ReturnType<ProvisioningService['apply']>;
  undo(connection: Connection, given?: object): ReturnType<ProvisioningService['undo']>;
}

export const createProvisioningScene = async (): Promise<ProvisioningScene> => {
  await using stack = new AsyncDisposableStack();
  const log = createRecordingLog();
  const platformKeys: PlatformKey[] = [];
  const team = stack.use(await createTeamScene({ log, platformKeys }));
  const { accessKeyId, secretAccessKey } = await team.bucket.ensureUser({
    name: 'root',
    administrator: true,
  });
  const admin = { accessKeyId, secretAccessKey };
  const s3 = new S3Client({
    endpoint: team.bucket.url,
    region: 'us-east-1',
    forcePathStyle: true,
    credentials: admin,
  });
  stack.defer(() => s3.destroy());
  platformKeys.push(await makePlatformKey(team));
  const provisioning = stack.use(
    createProvisioningService({
      db: team.db,
      access: createTeamAccess({ db: team.db }),
      guard: team.guard,
      connections: team.connections,
      clock: systemClock,
      log,
    }),
  );

  let count = 0;
  const { owner } = team.actors;
  const at = ({ id }: Connection) => ({ teamId: team.teamId, connectionId: id });
  const owned = stack.move();
  return {
    team,
    provisioning,
    admin,
    s3,
    platformKeys,
    log,
    connect: (given = {}) => {
      count += 1;
      const name = `media-${count}`;
      const place = { provider: 'other', bucket: name, endpoint: team.bucket.url, addressing: 'path' };
      const settings = { name, ...place, prefix: 'in/', jobs: ['ingest'], ...given };
      return team.connections.create(owner, team.teamId, createConnection.body.parse(settings));
    },
    plan: (connection, choices = {}) =>
      provisioning.plan(owner, at(connection), planProvisioning.body.parse({ admin, ...choices })),
    apply: (connection, provisioningId) => provisioning.apply(owner, { ...at(connection), provisioningId }),
    undo: (connection, given = {}) =>
      provisioning.undo(owner, at(connection), undoProvisioning.body.parse({ admin, ...given })),
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
};

/** A user who may assume roles and nothing else. */
const makePlatformKey = async ({ bucket }: TeamScene): Promise<PlatformKey> => {
  const name = 'platform';
  await bucket.iam.createUser({ name });
  const { accessKeyId, secretAccessKey } = await bucket.iam.createAccessKey(name);
  const statement = { Effect: 'Allow', Action: 'sts:AssumeRole', Resource: '*' };
  const policy = JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
  await bucket.iam.putPolicy({ user: name }, 'assume', policy);
  return {
    credentials: { accessKeyId, secretAccessKey: new Secret(secretAccessKey), sessionToken: null },
    principal: bucket.iam.getUser(name).arn,
    stsEndpoint: bucket.url,
  };
};

interface Steps {
  steps: { kind: ProvisioningKind; action: string; result?: { outcome: string } | null }[];
}

/** `{ bucket: 'create', … }` */
export const actionsOf = ({ steps }: Steps): Record<string, string> =>
  Object.fromEntries(steps.map(({ kind, action }) => [kind, action]));

/** `{ bucket: 'done', … }` */
export const outcomesOf = ({ steps }: Steps): Record<string, string | undefined> =>
  Object.fromEntries(steps.map(({ kind, result }) => [kind, result?.outcome]));
