import { sql } from 'kysely';
import type { Migration } from '../migration.ts';

/** The demo has an order page too. What was made until now was made by people. */
export const migration: Migration = {
  async up(db) {
    await sql`alter table drops add column demo boolean not null default false`.execute(db);
    await sql`alter table first_run add column orders_connection_id text`.execute(db);
  },
};
