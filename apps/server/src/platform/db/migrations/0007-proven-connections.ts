import { sql } from 'kysely';
import type { Migration } from '../migration.ts';

/** Roles beside keys, rotation of keys, scheduled checks and the record of what they found. */
export const migration: Migration = {
  async up(db) {
    await sql`
      alter table connections
        drop constraint connections_check1,
        add column credentials_kind text check (credentials_kind in ('accessKey', 'role', 'webIdentity')),
        add column role_arn text,
        add column external_id text,
        add column check_every_hours smallint not null default 24 check (check_every_hours in (0, 1, 6, 24)),
        -- When the next scheduled check is due, null: as soon as possible. Whoever takes it puts it off.
        add column next_check_at timestamptz,
        -- The other key of a rotation: the new one before it is promoted, the old one after.
        add column rotation_phase text check (rotation_phase in ('candidate', 'promoted')),
        add column rotation_sealed text,
        add column rotation_hint text,
        add column rotation_since timestamptz`.execute(db);
    await sql`
      update connections set
        external_id = 'windlass-' || replace(gen_random_uuid()::text, '-', ''),
        credentials_kind = case when credentials_sealed is null then null else 'accessKey' end,
        -- Reports of an older form say less than the new check: it runs again.
        last_check = null`.execute(db);
    await sql`
      alter table connections
        alter column external_id set not null,
        add constraint connections_credentials_known_kind_check check ((credentials_sealed is null) = (credentials_kind is null)),
        add constraint connections_rotation_check check (
          (rotation_phase is null) = (rotation_sealed is null) and (rotation_phase is null) = (rotation_hint is null)
          and (rotation_phase is null) = (rotation_since is null))`.execute(db);
    await sql`
      create index connections_next_check on connections (next_check_at nulls first)
        where check_every_hours > 0 and credentials_sealed is not null`.execute(db);
    await sql`
      create table connection_events (
        id text primary key,
        team_id text not null,
        connection_id text not null,
        at timestamptz not null,
        from_state text not null,
        to_state text not null,
        trigger text not null,
        cause text not null,
        foreign key (team_id, connection_id) references connections (team_id, id) on delete cascade
      )`.execute(db);
    await sql`create index connection_events_list on connection_events (team_id, connection_id, id desc)`.execute(
      db,
    );
  },
};
