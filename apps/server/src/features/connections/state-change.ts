import type { ConnectionEventEntry, ConnectionEventId, ConnectionId, TeamId } from '@windlass/contract';
import type { Database } from '../../platform/db/index.ts';

/** A connection went from one state to another. Kept in `connection_events`; the same facts go out as a webhook. */
export interface StateChange {
  id: ConnectionEventId;
  teamId: TeamId;
  connectionId: ConnectionId;
  connectionName: string;
  at: Date;
  from: ConnectionEventEntry['from'];
  to: ConnectionEventEntry['to'];
  trigger: ConnectionEventEntry['trigger'];
  /** The row of the check that explains it best, in its own words; empty when it is well again. */
  cause: string;
}

/**
 * Told of each change inside the transaction that makes it: what is written through `trx` is there exactly when the
 * change is. It must not wait for anything but the database.
 */
export type OnStateChange = (trx: Database, change: StateChange) => Promise<void>;
