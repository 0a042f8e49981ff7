import { sql } from 'kysely';
import type { Migration } from '../migration.ts';

/** Keys of a grant in the order of their bytes, whatever the order of the database is: those below a folder lie together. */
export const migration: Migration = {
  async up(db) {
    await sql`create index transfers_below on transfers (grant_id, key collate "C")`.execute(db);
  },
};
