import { sql } from 'kysely';
import type { Database } from '../../platform/db/index.ts';
import { underWay } from './transfer-states.ts';
import type { TransferAt } from './transfer-store.ts';

const counted = sql.join([...underWay, 'received']);

/** Which of these keys a file of the grant has. Index: transfers_below. */
export const findFiles = async (
  db: Database,
  { teamId, grantId }: TransferAt,
  keys: readonly string[],
): Promise<Set<string>> => {
  if (keys.length === 0) return new Set();
  const { rows } = await sql<{ key: string }>`
    select wanted.key from unnest(${[...keys]}::text[]) as wanted(key)
      cross join lateral (
        select from transfers
          where grant_id = ${grantId} and team_id = ${teamId} and key collate "C" = wanted.key
            and state in (${counted})
          limit 1) as there`.execute(db);
  return new Set(rows.map(({ key }) => key));
};

/**
 * Which of these keys are folders of a file of the grant; `0` is what comes after `/`. Index: transfers_below, once for each
 * key: `exists` would be planned as one join, which reads every file of a grant that is too new to be in the statistics, for
 * every hundred files again.
 */
export const findFolders = async (
  db: Database,
  { teamId, grantId }: TransferAt,
  keys: readonly string[],
): Promise<Set<string>> => {
  if (keys.length === 0) return new Set();
  const { rows } = await sql<{ key: string }>`
    select wanted.key from unnest(${[...keys]}::text[]) as wanted(key)
      cross join lateral (
        select from transfers
          where grant_id = ${grantId} and team_id = ${teamId}
            and key collate "C" > wanted.key || '/' and key collate "C" < wanted.key || '0'
            and state in (${counted})
          order by key collate "C" limit 1) as below`.execute(db);
  return new Set(rows.map(({ key }) => key));
};
