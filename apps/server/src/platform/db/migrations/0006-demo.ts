import { sql } from 'kysely';
import type { Migration } from '../migration.ts';

export const migration: Migration = {
  async up(db) {
    // One row at most: the first run happens once, and what people remove of it stays removed.
    await sql`
      create table first_run (
        only_row boolean primary key default true check (only_row),
        started_at timestamptz not null,
        finished_at timestamptz,
        team_id text references teams (id) on delete set null,
        connection_id text,
        endpoint text
      )`.execute(db);
  },
};
