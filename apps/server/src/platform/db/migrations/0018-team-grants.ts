import { sql } from 'kysely';
import type { Migration } from '../migration.ts';

/** Grants that a team holds itself, apart from those of its orders, of which there is one for each order. */
export const migration: Migration = {
  async up(db) {
    await sql`
      create index upload_grants_team on upload_grants (team_id, connection_id, id) where holder_kind = 'team'`.execute(
      db,
    );
  },
};
