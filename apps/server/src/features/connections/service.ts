import {
  connectionId as connectionIdSchema,
  jobs as allJobs,
  type Connection,
  type ConnectionId,
  type createConnection,
  type Job,
  type ListQuery,
  type OperationInput,
  type replaceCredentials,
  type TeamId,
  type updateConnection,
} from '@windlass/contract';
import type { Actor } from '../../kernel/actor.ts';
import { AppError } from '../../kernel/app-error.ts';
import type { Clock } from '../../kernel/clock.ts';
import { definedOnly } from '../../kernel/defined-only.ts';
import type { Log } from '../../kernel/log.ts';
import { newId } from '../../kernel/new-id.ts';
import type { Vault } from '../../platform/crypto/vault.ts';
import { isUniqueViolation, type Database } from '../../platform/db/index.ts';
import { cursorId, toPage } from '../../platform/db/keyset-page.ts';
import { actorIdOf } from '../../platform/http/actor-id.ts';
import type { Jobs } from '../../platform/jobs/index.ts';
import type { EndpointGuard } from '../../platform/net/index.ts';
import type { IdentityIssuer } from '../identity/index.ts';
import type { TeamAccess } from '../teams/index.ts';
import { createBuckets, type Buckets } from './buckets.ts';
import { createBrowserProbes } from './browser-probe.ts';
import { checkCredentialsOf } from './check-credentials.ts';
import { createConnectionChecks, type ConnectionChecks } from './check-service.ts';
import { createChecks, placementOf, reportOf } from './checks.ts';
import { createCredentialResolver } from './credential-resolver.ts';
import { credentialColumns, noCredentialColumns, toStored } from './credentials.ts';
import { ensureDemoConnection, moveDemoConnection, type DemoConnection, type DemoMove } from './demo.ts';
import { newExternalId } from './external-id.ts';
import { missingConnection } from './missing-connection.ts';
import type { PlatformIdentity } from './platform-identity.ts';
import { connectionPolicy } from './policy.ts';
import { presentConnection } from './presenter.ts';
import { createReadLifecycle, type ReadLifecycle } from './read-lifecycle.ts';
import { requirePassed } from './require-passed.ts';
import { rewrapCredentials } from './rewrap.ts';
import { createRotation, noRotationColumns, type Rotation } from './rotation.ts';
import { createSetup } from './setup.ts';
import type { OnStateChange } from './state-change.ts';
import { createStateRecorder } from './state-recorder.ts';
import { isOtherPlace } from './is-other-place.ts';
import { nextState } from './states.ts';
import { createTrustFacts } from './trust-facts.ts';
import {
  deleteConnection,
  deleteSourcesOn,
  findConnection,
  insertConnection,
  listConnections,
  lockConnection,
  type ConnectionRow,
} from './store.ts';
import { refuseUsed, type ConnectionUse } from './uses.ts';

type NewConnection = OperationInput<typeof createConnection>['body'];
type ConnectionEdit = OperationInput<typeof updateConnection>['body'];
type NewCredentials = OperationInput<typeof replaceCredentials>['body'];

/** Connections: who may, what is kept, and the bucket behind. Secrets go in and never come out. */
export interface ConnectionsService extends Pick<Buckets, 'openBucket'>, Rotation, Disposable {
  readLifecycle: ReadLifecycle;
  /** What policies, trust policies and CORS rules for a connection are made of. */
  setup: ReturnType<typeof createSetup>;
  list(
    actor: Actor,
    teamId: TeamId,
    query: ListQuery,
  ): Promise<{ items: Connection[]; nextCursor: string | null }>;
  create(actor: Actor, teamId: TeamId, given: NewConnection): Promise<Connection>;
  show(actor: Actor, teamId: TeamId, id: ConnectionId): Promise<Connection>;
  /**
   * `requireMatch` is given the current representation inside the transaction, and throws where the caller saw another.
   *
   * @throws AppError inUse where it would lead to another place, and what was uploaded stands on this one
   */
  edit(
    actor: Actor,
    at: { teamId: TeamId; connectionId: ConnectionId },
    given: ConnectionEdit,
    requireMatch: (current: Connection) => void,
  ): Promise<Connection>;
  delete(actor: Actor, at: { teamId: TeamId; connectionId: ConnectionId }, cascade: boolean): Promise<void>;
  replaceCredentials(
    actor: Actor,
    at: { teamId: TeamId; connectionId: ConnectionId },
    given: NewCredentials,
  ): Promise<Connection>;
  readonly checks: ConnectionChecks;
  /** For the first run: makes the demo team's connection, or brings its endpoint and credentials up to date, and checks it. */
  ensureDemo(demo: DemoConnection): Promise<ConnectionId>;
  /** For later starts: leads that connection to where the embedded bucket is now, and checks it. */
  moveDemo(move: DemoMove): Promise<void>;
  /** For rotation: wraps all credentials by the active key. Call it at start; it does nothing when nothing is to do. */
  rewrapCredentials(): Promise<number>;
}

export const createConnectionsService = (deps: {
  db: Database;
  access: TeamAccess;
  vault: Vault;
  guard: EndpointGuard;
  clock: Clock;
  log: Log;
  platform: PlatformIdentity;
  issuer: IdentityIssuer;
  jobs: Pick<Jobs, 'enqueue'>;
  onStateChange: OnStateChange;
  /** What other features have on connections. */
  uses: readonly ConnectionUse[];
  publicUrl(): string;
}): ConnectionsService => {
  const { db, access, vault, guard, clock, log } = deps;
  const resolver = createCredentialResolver(deps);
  const buckets = createBuckets({ db, vault, guard, resolver });
  const states = createStateRecorder(deps);
  const trustFacts = createTrustFacts(deps);
  const checks = createChecks({
    db,
    vault,
    guard,
    clock,
    states,
    credentialsFor: (row, stored) => checkCredentialsOf({ resolver, trustFacts }, row, stored),
    publicUrl: deps.publicUrl,
  });
  const browserProbes = createBrowserProbes({ ...deps, resolver, states });

  const find = async (teamId: TeamId, id: ConnectionId): Promise<ConnectionRow> =>
    (await findConnection(db, teamId, id)) ?? missingConnection();

  return {
    openBucket: buckets.openBucket,
    readLifecycle: createReadLifecycle({ db, vault, guard, resolver }),
    checks: createConnectionChecks({ ...deps, checks, browserProbes }),
    ...createRotation({ db, access, vault, clock, log, checks, states, resolver }),
    setup: createSetup({ ...deps, trustFacts }),
    [Symbol.dispose]: () => buckets[Symbol.dispose](),

    list: async (actor, teamId, query) => {
      await access.require(actor, teamId, connectionPolicy.read);
      const after = cursorId(query, connectionIdSchema);
      const rows = await listConnections(db, teamId, { after, limit: query.limit + 1 });
      return toPage(rows, query.limit, (row) => row.id, presentConnection);
    },

    show: async (actor, teamId, id) => {
      await access.require(actor, teamId, connectionPolicy.read);
      return presentConnection(await find(teamId, id));
    },

    create: async (actor, teamId, { credentials: given, ...settings }) => {
      const { userId } = await access.require(actor, teamId, connectionPolicy.write);
      const { origin } = await guard.inspect(settings.endpoint);
      const id = newId('con');
      const now = clock.now();
      const credentials = given === undefined ? null : toStored(given);
      await refuseTaken(
        insertConnection(db, {
          ...settings,
          id,
          teamId,
          endpoint: origin,
          jobs: inOrder(settings.jobs),
          state: credentials === null ? 'incomplete' : nextState('incomplete', 'credentialsSet'),
          stateSince: now,
          demo: false,
          revision: 1,
          ...(credentials === null
            ? noCredentialColumns
            : credentialColumns(vault, { teamId, id }, credentials)),
          externalId: newExternalId(),
          credentialsSetAt: credentials === null ? null : now,
          credentialsSetBy: credentials === null ? null : userId,
          lastCheck: null,
          createdAt: now,
          updatedAt: now,
        }),
      );
      log.info({ actorId: actorIdOf(actor), teamId, connectionId: id }, 'Connection made');
      return presentConnection(await find(teamId, id));
    },

    edit: async (actor, { teamId, connectionId: id }, given, requireMatch) => {
      await access.require(actor, teamId, connectionPolicy.write);
      const change = {
        ...definedOnly(given),
        ...(given.endpoint === undefined ? {} : { endpoint: (await guard.inspect(given.endpoint)).origin }),
        ...(given.jobs === undefined ? {} : { jobs: inOrder(given.jobs) }),
      };
      const now = clock.now();
      await refuseTaken(
        db.transaction().execute(async (transaction) => {
          const row = (await lockConnection(transaction, teamId, id)) ?? missingConnection();
          requireMatch(presentConnection(row));
          if (isOtherPlace(row, { ...row, ...change })) {
            await refuseUsed(deps.uses, transaction, { teamId, connectionId: id }, 'move');
          }
          const moved = movesBucket(row, change);
          await states.change(
            transaction,
            row,
            {
              ...change,
              state: moved ? nextState(row.state, 'settingsChanged') : row.state,
              // A report on another bucket, or for other jobs, would mislead.
              lastCheck: moved ? null : row.lastCheck,
            },
            now,
          );
        }),
      );
      log.info(
        { actorId: actorIdOf(actor), teamId, connectionId: id, fields: Object.keys(change) },
        'Connection edited',
      );
      return presentConnection(await find(teamId, id));
    },

    delete: async (actor, { teamId, connectionId: id }, cascade) => {
      await access.require(actor, teamId, connectionPolicy.delete);
      const mayGo = async (on: Database, row: ConnectionRow): Promise<void> => {
        if (cascade) return;
        refuseSources(row);
        await refuseUsed(deps.uses, on, { teamId, connectionId: id }, 'delete');
      };
      await mayGo(db, await find(teamId, id));
      for (const { release } of deps.uses) await release(teamId, id);
      const { sourceCount } = await db.transaction().execute(async (transaction) => {
        const row = (await lockConnection(transaction, teamId, id)) ?? missingConnection();
        await mayGo(transaction, row);
        await deleteSourcesOn(transaction, teamId, id);
        await deleteConnection(transaction, teamId, id);
        return row;
      });
      log.info({ actorId: actorIdOf(actor), teamId, connectionId: id, sourceCount }, 'Connection deleted');
    },

    replaceCredentials: async (actor, { teamId, connectionId: id }, { force, ...given }) => {
      const { userId } = await access.require(actor, teamId, connectionPolicy.replaceCredentials);
      const row = await find(teamId, id);
      const credentials = toStored(given);
      const result = await checks.tryCredentials(row, credentials);
      requirePassed(result, { force });
      const now = clock.now();
      const state = nextState(row.state, 'credentialsSet', result.event);
      const change = {
        ...credentialColumns(vault, { teamId, id }, credentials),
        ...placementOf(result),
        ...noRotationColumns,
        credentialsSetAt: now,
        credentialsSetBy: userId,
        state,
        lastCheck: reportOf(result, state, now),
      };
      const kept = await db
        .transaction()
        .execute((transaction) => states.change(transaction, row, change, now));
      if (!kept) throw new AppError('conflict', 'The connection was changed while the check ran. Try again.');
      log.info({ actorId: actorIdOf(actor), teamId, connectionId: id, force }, 'Credentials overwritten');
      return presentConnection(await find(teamId, id));
    },

    ensureDemo: async (demo) => {
      const { id, changed } = await ensureDemoConnection({ db, vault, guard, clock }, demo);
      if (changed) await checks.run(demo.teamId, id);
      return id;
    },

    moveDemo: async (move) => {
      if (await moveDemoConnection({ db, guard, clock }, move)) await checks.run(move.teamId, move.id);
    },

    rewrapCredentials: () => rewrapCredentials({ db, vault }),
  };
};

/** @throws AppError inUse */
const refuseSources = ({ sourceCount }: ConnectionRow): void => {
  if (sourceCount === 0) return;
  const sources = sourceCount === 1 ? 'One source stands' : `${sourceCount} sources stand`;
  throw new AppError('inUse', `${sources} on this connection: delete them first, or set cascade=true.`);
};

/** Each once, in the contract's order. */
const inOrder = (given: readonly Job[]): Job[] => allJobs.filter((job) => given.includes(job));

const bucketFields = ['provider', 'bucket', 'region', 'endpoint', 'addressing', 'prefix', 'jobs'] as const;

const movesBucket = (row: ConnectionRow, change: ConnectionEdit): boolean =>
  bucketFields.some((field) => change[field] !== undefined && String(change[field]) !== String(row[field]));

const refuseTaken = async (change: Promise<void>): Promise<void> => {
  try {
    await change;
  } catch (error) {
    if (!isUniqueViolation(error, 'connections_team_name_key')) throw error;
    throw new AppError('nameTaken', 'This team has a connection of this name already.', {
      cause: error,
      errors: [{ path: 'name', message: 'is taken' }],
    });
  }
};
