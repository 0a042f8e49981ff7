import { sql } from 'kysely';
import type { Migration } from '../migration.ts';

/** Keys of our own OIDC issuer, which roles are assumed with instead of keys of the customers'. */
export const migration: Migration = {
  async up(db) {
    await sql`
      create table identity_keys (
        kid text primary key,
        public_jwk jsonb not null,
        private_sealed text not null,
        -- Published from its creation on; signs only after every cache has it.
        usable_from timestamptz not null,
        created_at timestamptz not null
      )`.execute(db);
  },
};
