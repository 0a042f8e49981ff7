import type { ConnectionId, ProvisioningKind, TeamId } from '@windlass/contract';
import type { ColumnType } from 'kysely';

/** JSON goes in as text; a JSON null is SQL's null. */
type Json = ColumnType<unknown, string | null, string | null>;

/** Something in the customer's account that Windlass made or changed. */
interface ProvisionedResourcesTable {
  teamId: TeamId;
  connectionId: ConnectionId;
  kind: ProvisioningKind;
  /** Name of the bucket, user, role or policy; the last four characters of a key's id. */
  name: string;
  /** True: it was not there before. */
  made: boolean;
  /** What was there before the first change; its form depends on the kind. */
  before: Json;
  /** What was written last. */
  after: Json;
  at: Date;
}

/** The tables of 0010-provisioning.ts, as the code names them (camelCase; the columns are snake_case in SQL). */
export interface ProvisioningTables {
  provisionedResources: ProvisionedResourcesTable;
}
