import { sql } from 'kysely';
import type { Migration } from '../migration.ts';

/** Webhooks, and the log of what was sent to them. */
export const migration: Migration = {
  async up(db) {
    await sql`
      create table webhooks (
        id text primary key,
        team_id text not null references teams (id) on delete cascade,
        url text not null,
        events text[] not null,
        -- Null while it is on.
        disabled_reason text check (disabled_reason in ('person', 'failing', 'gone')),
        disabled_at timestamptz,
        failing_since timestamptz,
        secrets_sealed text not null,
        previous_secret_until timestamptz,
        created_at timestamptz not null,
        updated_at timestamptz not null,
        -- What deliveries refer to, so that one can never go to another team's webhook. Also pages a team's list.
        constraint webhooks_team_id_key unique (team_id, id),
        check ((disabled_reason is null) = (disabled_at is null))
      )`.execute(db);
    await sql`
      create table webhook_deliveries (
        id text primary key,
        team_id text not null,
        webhook_id text not null,
        message_id text not null,
        type text not null,
        payload text not null,
        status text not null check (status in ('pending', 'delivered', 'failed')),
        attempts integer not null default 0,
        last_attempt_at timestamptz,
        next_attempt_at timestamptz,
        response_status integer,
        duration_milliseconds integer,
        cause text,
        created_at timestamptz not null,
        expires_at timestamptz not null,
        foreign key (team_id, webhook_id) references webhooks (team_id, id) on delete cascade,
        check ((status = 'pending') = (next_attempt_at is not null))
      )`.execute(db);
    await sql`create index webhook_deliveries_list on webhook_deliveries (team_id, webhook_id, id desc)`.execute(
      db,
    );
    await sql`create index webhook_deliveries_expiry on webhook_deliveries (expires_at)`.execute(db);
  },
};
