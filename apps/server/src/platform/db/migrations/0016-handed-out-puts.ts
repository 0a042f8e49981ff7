import { sql } from 'kysely';
import type { Migration } from '../migration.ts';

/** How long URLs that were handed out for a file are good, and what is to be done about files whose PUT may still come. */
export const migration: Migration = {
  async up(db) {
    await sql`
      alter table transfers
        -- When the last URL that was handed out for it runs out: until then bytes may come, whatever the state is.
        add column urls_until timestamptz not null default now() + interval '15 minutes',
        drop constraint transfers_state_check,
        add constraint transfers_state_check check (
          state in ('open', 'completing', 'received', 'aborted', 'expired', 'missing'))`.execute(db);
    await sql`alter table transfers alter column urls_until drop default`.execute(db);
    await sql`
      alter table upload_leftovers
        -- Of an object that may have come, or may come yet, by a PUT whose upload has ended: as of its ticket.
        add column size bigint,
        add column ticket_at timestamptz,
        -- From when on nothing more comes by its URL: what a look finds then is final.
        add column settle_at timestamptz,
        -- The grant that counts it until then; null once it counts it no more.
        add column grant_id text,
        add constraint upload_leftovers_object_check check (
          (size is null) = (ticket_at is null) and (size is null) = (settle_at is null)
          and (size is null or upload_id is null) and (grant_id is null or size is not null))`.execute(db);
  },
};
