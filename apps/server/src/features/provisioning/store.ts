import type { ConnectionId, ProvisioningKind, TeamId } from '@windlass/contract';
import type { Selectable } from 'kysely';
import type { Database, Tables } from '../../platform/db/index.ts';

export type ProvisionedRow = Selectable<Tables['provisionedResources']>;

export interface OfConnection {
  teamId: TeamId;
  connectionId: ConnectionId;
}

/** Everything of one connection: nine kinds, so that no page is needed. Index: provisioned_resources_pkey. */
export const listProvisioned = (
  db: Database,
  { teamId, connectionId }: OfConnection,
): Promise<ProvisionedRow[]> =>
  db
    .selectFrom('provisionedResources')
    .selectAll()
    .where('teamId', '=', teamId)
    .where('connectionId', '=', connectionId)
    .orderBy('at')
    .execute();

export const findProvisioned = async (
  db: Database,
  { teamId, connectionId }: OfConnection,
  kind: ProvisioningKind,
  name: string,
): Promise<ProvisionedRow | null> =>
  (await db
    .selectFrom('provisionedResources')
    .selectAll()
    .where('teamId', '=', teamId)
    .where('connectionId', '=', connectionId)
    .where('kind', '=', kind)
    .where('name', '=', name)
    .executeTakeFirst()) ?? null;

/** A second change of the same thing keeps what was there before the first. */
export const recordProvisioned = async (
  db: Database,
  { teamId, connectionId }: OfConnection,
  row: {
    kind: ProvisioningKind;
    name: string;
    made: boolean;
    before: unknown;
    after: unknown;
    at: Date;
  },
): Promise<void> => {
  const after = toJson(row.after);
  await db
    .insertInto('provisionedResources')
    .values({ ...row, teamId, connectionId, before: toJson(row.before), after })
    .onConflict((conflict) =>
      conflict.columns(['teamId', 'connectionId', 'kind', 'name']).doUpdateSet({ after, at: row.at }),
    )
    .execute();
};

export const forgetProvisioned = async (
  db: Database,
  { teamId, connectionId }: OfConnection,
  { kind, name }: Pick<ProvisionedRow, 'kind' | 'name'>,
): Promise<void> => {
  await db
    .deleteFrom('provisionedResources')
    .where('teamId', '=', teamId)
    .where('connectionId', '=', connectionId)
    .where('kind', '=', kind)
    .where('name', '=', name)
    .execute();
};

const toJson = (value: unknown): string | null => (value === null ? null : JSON.stringify(value));
