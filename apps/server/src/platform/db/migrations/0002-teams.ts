import { sql } from 'kysely';
import type { Migration } from '../migration.ts';

/** Teams, who belongs to them, invitations and API keys. */
export const migration: Migration = {
  async up(db) {
    await sql`
      create table teams (
        id text primary key,
        name text not null,
        demo boolean not null default false,
        created_at timestamptz not null,
        updated_at timestamptz not null
      )`.execute(db);
    // One demo team, however many processes start at once.
    await sql`create unique index teams_demo_key on teams (demo) where demo`.execute(db);
    // The primary key also pages a team's members.
    await sql`
      create table memberships (
        team_id text not null references teams (id) on delete cascade,
        user_id text not null references users (id) on delete cascade,
        role text not null check (role in ('owner', 'admin', 'member')),
        joined_at timestamptz not null,
        constraint memberships_pkey primary key (team_id, user_id)
      )`.execute(db);
    // A person's teams.
    await sql`create index memberships_user on memberships (user_id, team_id)`.execute(db);
    await sql`
      create table invitations (
        id text primary key,
        team_id text not null references teams (id) on delete cascade,
        email text check (email = lower(email)),
        role text not null check (role in ('owner', 'admin', 'member')),
        token_hash text not null constraint invitations_token_key unique,
        created_by text not null references users (id),
        created_at timestamptz not null,
        expires_at timestamptz not null
      )`.execute(db);
    // A team's open invitations, newest first.
    await sql`create index invitations_team on invitations (team_id, id)`.execute(db);
    await sql`create index invitations_maker on invitations (created_by)`.execute(db);
    await sql`
      create table api_keys (
        id text primary key,
        team_id text not null references teams (id) on delete cascade,
        name text not null,
        hint text not null,
        token_hash text not null constraint api_keys_token_key unique,
        scopes text[] not null,
        role text not null check (role in ('owner', 'admin', 'member')),
        created_by text not null references users (id),
        created_at timestamptz not null,
        last_used_at timestamptz,
        expires_at timestamptz
      )`.execute(db);
    // A team's keys, newest first.
    await sql`create index api_keys_team on api_keys (team_id, id)`.execute(db);
    await sql`create index api_keys_maker on api_keys (created_by)`.execute(db);
  },
};
