import type { SourceId, TeamId } from '@windlass/contract';
import type { Database } from '../../../platform/db/index.ts';
import type { KeySlot } from './signing-keys.ts';

const columns = {
  signingKeys: 'signingKeysSealed',
  previousSigningKeys: 'previousSigningKeysSealed',
} as const satisfies Record<KeySlot, string>;

/** A batch of pairs that another key than the active one wraps; over all teams, for rotation only. */
export const listForRewrap = async (
  db: Database,
  slot: KeySlot,
  activeKid: string,
  limit: number,
): Promise<{ id: SourceId; teamId: TeamId; sealed: string }[]> => {
  const column = columns[slot];
  const rows = await db
    .selectFrom('sources')
    .select(['id', 'teamId', `${column} as sealed`])
    .where(column, 'is not', null)
    .where(column, 'not like', `v1.${activeKid.replace(/[%_\\]/g, '\\$&')}.%`)
    .limit(limit)
    .execute();
  return rows.flatMap(({ sealed, ...row }) => (sealed === null ? [] : [{ ...row, sealed }]));
};

/** Puts the newly wrapped text in place, unless the keys were rotated meanwhile. */
export const replaceSealed = async (
  db: Database,
  at: { teamId: TeamId; id: SourceId },
  slot: KeySlot,
  before: string,
  after: string,
): Promise<void> => {
  await db
    .updateTable('sources')
    .set({ [columns[slot]]: after })
    .where('teamId', '=', at.teamId)
    .where('id', '=', at.id)
    .where(columns[slot], '=', before)
    .execute();
};

/** Over all teams, for housekeeping. Index: sources_previous_keys. @returns how many pairs that were */
export const forgetEndedKeys = async (db: Database, now: Date): Promise<number> => {
  const { numUpdatedRows } = await db
    .updateTable('sources')
    .set({ previousSigningKeysSealed: null, previousSigningKeysUntil: null })
    .where('previousSigningKeysUntil', '<=', now)
    .executeTakeFirst();
  return Number(numUpdatedRows);
};
