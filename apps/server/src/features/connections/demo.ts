import type { ConnectionId, Job, ProviderId, TeamId, Addressing } from '@windlass/contract';
import type { Clock } from '../../kernel/clock.ts';
import { newId } from '../../kernel/new-id.ts';
import type { Vault } from '../../platform/crypto/vault.ts';
import { isUniqueViolation, type Database } from '../../platform/db/index.ts';
import type { EndpointGuard } from '../../platform/net/index.ts';
import type { S3Credentials } from '../../platform/s3/index.ts';
import { credentialColumns, keyOf, openCredentials } from './credentials.ts';
import { newExternalId } from './external-id.ts';
import { nextState } from './states.ts';
import { changeConnection, findConnection, insertConnection, type ConnectionRow } from './store.ts';

/** The connection that a first run makes. */
export interface DemoConnection {
  teamId: TeamId;
  name: string;
  provider: ProviderId;
  bucket: string;
  region: string;
  endpoint: string;
  addressing: Addressing;
  prefix: string;
  jobs: Job[];
  credentials: S3Credentials;
}

/** Where the embedded bucket was, and where it is now. */
export interface DemoMove {
  teamId: TeamId;
  id: ConnectionId;
  from: string;
  to: string;
}

interface Deps {
  db: Database;
  vault: Vault;
  guard: EndpointGuard;
  clock: Clock;
}

/** Several processes may do this at once; a person's own connection of the same name is left alone. */
export const ensureDemoConnection = async (
  { db, vault, guard, clock }: Deps,
  { credentials, ...demo }: DemoConnection,
): Promise<{ id: ConnectionId; changed: boolean }> => {
  const endpoint = (await guard.inspect(demo.endpoint)).origin;
  const columnsFor = (id: ConnectionId) =>
    credentialColumns(vault, { teamId: demo.teamId, id }, { kind: 'accessKey', key: credentials });
  const now = clock.now();
  const row = await findByName(db, demo.teamId, demo.name);
  if (row === null) {
    const id = newId('con');
    try {
      await insertConnection(db, {
        ...demo,
        ...columnsFor(id),
        id,
        endpoint,
        state: nextState('incomplete', 'credentialsSet'),
        stateSince: now,
        demo: true,
        revision: 1,
        externalId: newExternalId(),
        checkEveryHours: 24,
        credentialsSetAt: now,
        credentialsSetBy: null,
        lastCheck: null,
        createdAt: now,
        updatedAt: now,
      });
      return { id, changed: true };
    } catch (error) {
      if (!isUniqueViolation(error, 'connections_team_name_key')) throw error;
      return ensureDemoConnection({ db, vault, guard, clock }, { ...demo, credentials });
    }
  }
  if (!row.demo || (row.endpoint === endpoint && holds(vault, row, credentials))) {
    return { id: row.id, changed: false };
  }
  const changed = await changeConnection(
    db,
    { teamId: demo.teamId, id: row.id, revision: row.revision, now },
    {
      ...columnsFor(row.id),
      provider: demo.provider,
      endpoint,
      credentialsSetAt: now,
      state: nextState(row.state, 'settingsChanged', 'credentialsSet'),
      lastCheck: null,
    },
  );
  return { id: row.id, changed };
};

/**
 * Leads the demo's connection along when the embedded bucket has moved to another port. What else people changed in it
 * stays, its credentials above all; a connection that they led elsewhere stays there. False where nothing was changed.
 */
export const moveDemoConnection = async (
  { db, guard, clock }: Omit<Deps, 'vault'>,
  { teamId, id, from, to }: DemoMove,
): Promise<boolean> => {
  const row = await findConnection(db, teamId, id);
  if (row === null || !row.demo || row.endpoint !== new URL(from).origin) return false;
  const { origin: endpoint } = await guard.inspect(to);
  return changeConnection(
    db,
    { teamId, id, revision: row.revision, now: clock.now() },
    { endpoint, state: nextState(row.state, 'settingsChanged'), lastCheck: null },
  );
};

const holds = (vault: Vault, row: ConnectionRow, credentials: S3Credentials): boolean => {
  if (row.credentialsSealed === null) return false;
  const held = keyOf(openCredentials(vault, row, row.credentialsSealed));
  return (
    held?.accessKeyId === credentials.accessKeyId &&
    held?.secretAccessKey.reveal() === credentials.secretAccessKey.reveal()
  );
};

/** Index: connections_team_name_key. */
const findByName = async (db: Database, teamId: TeamId, name: string): Promise<ConnectionRow | null> => {
  const found = await db
    .selectFrom('connections')
    .select('id')
    .where('teamId', '=', teamId)
    .where('name', '=', name)
    .executeTakeFirst();
  return found === undefined ? null : findConnection(db, teamId, found.id);
};
