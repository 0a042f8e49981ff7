import { sql } from 'kysely';
import type { Migration } from '../migration.ts';

/** Web folders beside connections, presets, two pairs of signing keys, purges and usage. */
export const migration: Migration = {
  async up(db) {
    await sql`
      alter table sources
        alter column connection_id drop not null,
        add column kind text not null default 'connection' check (kind in ('connection', 'web')),
        add column web_base_url text,
        add column presets jsonb not null default '{}',
        add column presets_only boolean not null default false,
        add column allowed_sizes integer[],
        add column auto_formats text[] not null default '{avif,webp}',
        add column revalidate_seconds integer not null default 60 check (revalidate_seconds >= 0),
        add column stale_seconds integer not null default 86400 check (stale_seconds >= 0),
        add column fallback_path text,
        add column on_error text not null default 'text' check (on_error in ('text', 'placeholder')),
        -- Where made pictures are shared. A cache is no reason to keep a connection.
        add column cache_connection_id text,
        add column previous_signing_keys_sealed text,
        add column previous_signing_keys_until timestamptz,
        add constraint sources_place_check check (
          (kind = 'connection') = (connection_id is not null) and (kind = 'web') = (web_base_url is not null)),
        add constraint sources_previous_keys_check check (
          (previous_signing_keys_sealed is null) = (previous_signing_keys_until is null)
          and (previous_signing_keys_sealed is null or signing_keys_sealed is not null)),
        -- Takes the place of the index sources_team, and lets rows name a source of their own team.
        add constraint sources_team_id_key unique (team_id, id),
        add constraint sources_cache_connection_fkey foreign key (team_id, cache_connection_id)
          references connections (team_id, id) on delete set null (cache_connection_id)`.execute(db);
    await sql`drop index sources_team`.execute(db);
    // What the deletion of a connection looks for.
    await sql`
      create index sources_cache_connection on sources (team_id, cache_connection_id)
        where cache_connection_id is not null`.execute(db);
    // Pairs whose time is over are looked for every ten minutes.
    await sql`
      create index sources_previous_keys on sources (previous_signing_keys_until)
        where previous_signing_keys_until is not null`.execute(db);

    await sql`
      create table source_purges (
        id text primary key,
        team_id text not null,
        source_id text not null,
        scope text not null check (scope in ('all', 'path', 'prefix', 'tag')),
        value text not null,
        at timestamptz not null,
        made_by text references users (id) on delete set null,
        expires_at timestamptz not null,
        constraint source_purges_source_fkey foreign key (team_id, source_id)
          references sources (team_id, id) on delete cascade,
        check ((scope = 'all') = (value = ''))
      )`.execute(db);
    // A source's list, newest first, and what its pictures are held against.
    await sql`create index source_purges_source on source_purges (team_id, source_id, id)`.execute(db);
    await sql`create index source_purges_expiry on source_purges (expires_at)`.execute(db);
    await sql`create index source_purges_made_by on source_purges (made_by)`.execute(db);

    await sql`
      create table image_usage (
        team_id text not null,
        source_id text not null,
        hour timestamptz not null,
        requests bigint not null,
        memory_hits bigint not null,
        disk_hits bigint not null,
        bucket_hits bigint not null,
        misses bigint not null,
        not_modified bigint not null,
        errors bigint not null,
        bytes_out bigint not null,
        bytes_from_origin bigint not null,
        render_milliseconds bigint not null,
        expires_at timestamptz not null,
        primary key (team_id, source_id, hour),
        constraint image_usage_source_fkey foreign key (team_id, source_id)
          references sources (team_id, id) on delete cascade
      )`.execute(db);
    await sql`create index image_usage_expiry on image_usage (expires_at)`.execute(db);
  },
};
