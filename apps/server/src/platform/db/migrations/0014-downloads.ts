import { sql } from 'kysely';
import type { Migration } from '../migration.ts';

/** Links under which many objects can be fetched as one zip. */
export const migration: Migration = {
  async up(db) {
    await sql`
      create table zip_links (
        token_hash text primary key,
        team_id text not null,
        connection_id text not null,
        name text not null,
        entries jsonb not null,
        created_at timestamptz not null,
        expires_at timestamptz not null,
        constraint zip_links_connection_fkey foreign key (team_id, connection_id)
          references connections (team_id, id) on delete cascade
      )`.execute(db);
    // What the deletion of a connection looks for.
    await sql`create index zip_links_connection on zip_links (team_id, connection_id)`.execute(db);
    await sql`create index zip_links_expiry on zip_links (expires_at)`.execute(db);
  },
};
