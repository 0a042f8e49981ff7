import { sql } from 'kysely';
import type { Migration } from '../migration.ts';

export const migration: Migration = {
  async up(db) {
    await sql`
      create table idempotency_keys (
        actor_id text not null,
        key text not null,
        request_hash text not null,
        status integer,
        sealed_body text,
        content_type text,
        locked_until timestamptz not null,
        created_at timestamptz not null,
        expires_at timestamptz not null,
        primary key (actor_id, key)
      )`.execute(db);
    await sql`create index idempotency_keys_expires_at on idempotency_keys (expires_at)`.execute(db);

    // A counter lost in a crash harms nobody, and each API call writes one.
    await sql`alter table rate_limits set unlogged`.execute(db);
  },
};
