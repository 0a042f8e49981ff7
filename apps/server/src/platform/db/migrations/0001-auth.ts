import { sql } from 'kysely';
import type { Migration } from '../migration.ts';

/** Users, their sessions and identities, the first owner's link, and the counters of the rate limits. */
export const migration: Migration = {
  async up(db) {
    await sql`
      create table users (
        id text primary key,
        email text not null constraint users_email_key unique check (email = lower(email)),
        name text not null,
        password_hash text,
        created_at timestamptz not null,
        updated_at timestamptz not null
      )`.execute(db);
    await sql`
      create table user_identities (
        issuer text not null,
        subject text not null,
        user_id text not null references users (id) on delete cascade,
        created_at timestamptz not null,
        primary key (issuer, subject)
      )`.execute(db);
    await sql`create index user_identities_user on user_identities (user_id)`.execute(db);
    await sql`
      create table sessions (
        id text primary key,
        user_id text not null references users (id) on delete cascade,
        token_hash text not null constraint sessions_token_key unique,
        created_at timestamptz not null,
        last_seen_at timestamptz not null,
        expires_at timestamptz not null,
        address text not null,
        user_agent text not null
      )`.execute(db);
    // A person's own sessions, newest first.
    await sql`create index sessions_user on sessions (user_id, id)`.execute(db);
    // The janitor's: what has run out.
    await sql`create index sessions_expiry on sessions (expires_at)`.execute(db);
    await sql`
      create table owner_link (
        "only" boolean primary key default true check ("only"),
        token_hash text not null,
        created_at timestamptz not null
      )`.execute(db);
    await sql`
      create table oidc_attempts (
        browser_hash text primary key,
        state text not null,
        nonce text not null,
        code_verifier text not null,
        return_to text not null,
        invitation_hash text,
        expires_at timestamptz not null
      )`.execute(db);
    await sql`create index oidc_attempts_expiry on oidc_attempts (expires_at)`.execute(db);
    // Column names and types are those that rate-limiter-flexible's PostgreSQL store asks for.
    await sql`
      create table rate_limits (
        key varchar(255) primary key,
        points integer not null default 0,
        expire bigint
      )`.execute(db);
    await sql`create index rate_limits_expiry on rate_limits (expire)`.execute(db);
  },
};
