import type { ConnectionId, TeamId } from '@windlass/contract';
import type { Generated } from 'kysely';

/** How far the first run came. One row at most. */
interface FirstRunTable {
  onlyRow: Generated<boolean>;
  startedAt: Date;
  /** Null while it has not come to its end: the next start goes on. */
  finishedAt: Date | null;
  /** Null when the team was deleted. */
  teamId: TeamId | null;
  /** The connection that it made; it may be gone by now. */
  connectionId: ConnectionId | null;
  /** The one of its order page. */
  ordersConnectionId: ConnectionId | null;
  /** Where these connections were told to find the embedded bucket. */
  endpoint: string | null;
}

/** The table of 0006-demo.ts and 0015-demo-orders.ts, as the code names it (camelCase; the columns are snake_case in SQL). */
export interface DemoTables {
  firstRun: FirstRunTable;
}
