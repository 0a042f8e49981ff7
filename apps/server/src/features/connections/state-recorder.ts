import type { CheckRow, ConnectionState } from '@windlass/contract';
import { newId } from '../../kernel/new-id.ts';
import type { Database } from '../../platform/db/index.ts';
import { insertStateChange } from './check-store.ts';
import { nextCheckAfter } from './next-check.ts';
import type { OnStateChange, StateChange } from './state-change.ts';
import { changeConnection, type ConnectionChange, type ConnectionRow } from './store.ts';

/** Keeps changes of state, and tells whoever listens, in the transaction that makes them. */
export interface StateRecorder {
  /** `row` is as it was before. Does nothing where the state stays. */
  record(
    trx: Database,
    row: Pick<ConnectionRow, 'id' | 'teamId' | 'name' | 'state'>,
    change: { to: ConnectionState; trigger: StateChange['trigger']; at: Date; rows?: readonly CheckRow[] },
  ): Promise<void>;
  /**
   * Changes settings or credentials, and records what that does to the state. Where it makes the last report out of
   * date, the next scheduled check is due at once.
   *
   * @returns false when somebody else changed it after `row` was read
   */
  change(trx: Database, row: ConnectionRow, change: ConnectionChange, now: Date): Promise<boolean>;
}

export const createStateRecorder = ({ onStateChange }: { onStateChange: OnStateChange }): StateRecorder => {
  const record: StateRecorder['record'] = async (
    trx,
    { id, teamId, name, state },
    { to, trigger, at, rows = [] },
  ) => {
    if (to === state) return;
    const change: StateChange = {
      id: newId('evt'),
      teamId,
      connectionId: id,
      connectionName: name,
      at,
      from: state,
      to,
      trigger,
      cause: causeOf(rows),
    };
    await insertStateChange(trx, change);
    await onStateChange(trx, change);
  };
  return {
    record,
    change: async (trx, row, change, now) => {
      const at = { teamId: row.teamId, id: row.id, revision: row.revision, now };
      const kept = await changeConnection(trx, at, { ...change, ...scheduleOf(row, change, now) });
      if (kept)
        await record(trx, row, {
          to: change.state,
          trigger: 'change',
          at: now,
          rows: change.lastCheck?.rows ?? [],
        });
      return kept;
    },
  };
};

const scheduleOf = (
  row: ConnectionRow,
  { lastCheck, checkEveryHours }: ConnectionChange,
  now: Date,
): Pick<ConnectionChange, 'nextCheckAt'> => {
  const checked = lastCheck !== row.lastCheck;
  if (!checked && checkEveryHours === undefined) return {};
  return {
    nextCheckAt:
      checked && lastCheck === null ? null : nextCheckAfter(now, checkEveryHours ?? row.checkEveryHours),
  };
};

/** The row that explains a state best: what is wrong before all rights, else the first right that is missing. */
const causeOf = (rows: readonly CheckRow[]): string =>
  (rows.find(({ state }) => state === 'failed') ?? rows.find(({ state }) => state === 'missing'))?.cause ??
  '';

/** Rows that keep a connection from its jobs; an excess does not. */
export const faultsOf = (rows: readonly CheckRow[]): CheckRow[] =>
  rows.filter(({ state }) => state === 'failed' || state === 'missing');
