import { sql } from 'kysely';
import type { Migration } from '../migration.ts';

/** Connections with their sealed credentials, and what recognises a wrong keyring. */
export const migration: Migration = {
  async up(db) {
    await sql`
      create table connections (
        id text primary key,
        team_id text not null references teams (id) on delete cascade,
        name text not null,
        provider text not null,
        bucket text not null,
        region text not null,
        endpoint text not null,
        addressing text not null check (addressing in ('path', 'virtual')),
        prefix text not null,
        jobs text[] not null,
        state text not null check (state in ('incomplete', 'unverified', 'active', 'degraded', 'inaccessible')),
        state_since timestamptz not null,
        demo boolean not null default false,
        revision integer not null default 1,
        credentials_sealed text,
        access_key_id_hint text,
        credentials_temporary boolean not null default false,
        credentials_set_at timestamptz,
        credentials_set_by text references users (id) on delete set null,
        last_check jsonb,
        created_at timestamptz not null,
        updated_at timestamptz not null,
        constraint connections_team_name_key unique (team_id, name),
        -- What sources refer to, so that one can never stand on another team's connection. Also pages a team's list.
        constraint connections_team_id_key unique (team_id, id),
        check ((credentials_sealed is null) = (credentials_set_at is null)),
        check ((credentials_sealed is null) = (access_key_id_hint is null))
      )`.execute(db);
    await sql`create index connections_setter on connections (credentials_set_by)`.execute(db);
    await sql`
      create table keyring_canaries (
        kid text primary key,
        sealed text not null,
        created_at timestamptz not null
      )`.execute(db);
  },
};
