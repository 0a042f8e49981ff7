import { sql } from 'kysely';
import type { Migration } from '../migration.ts';

/** Sources: public image origins on connections. */
export const migration: Migration = {
  async up(db) {
    await sql`
      create table sources (
        id text primary key,
        team_id text not null references teams (id) on delete cascade,
        connection_id text not null,
        name text not null constraint sources_name_key unique,
        prefix text not null,
        secured boolean not null,
        default_parameters text not null,
        max_age_seconds integer not null check (max_age_seconds >= 0),
        limits jsonb not null,
        revision integer not null default 1,
        signing_keys_sealed text,
        signing_keys_set_at timestamptz,
        demo boolean not null default false,
        created_at timestamptz not null,
        updated_at timestamptz not null,
        constraint sources_connection_fkey foreign key (team_id, connection_id) references connections (team_id, id),
        check ((signing_keys_sealed is null) = (signing_keys_set_at is null)),
        check (not secured or signing_keys_sealed is not null)
      )`.execute(db);
    // A team's list, oldest first.
    await sql`create index sources_team on sources (team_id, id)`.execute(db);
    // What stands on a connection.
    await sql`create index sources_connection on sources (team_id, connection_id, id)`.execute(db);
  },
};
