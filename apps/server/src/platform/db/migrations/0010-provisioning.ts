import { sql } from 'kysely';
import type { Migration } from '../migration.ts';

/** What was made or changed for a connection with administrator keys, so that it can be undone. No key is in here. */
export const migration: Migration = {
  async up(db) {
    await sql`
      create table provisioned_resources (
        team_id text not null,
        connection_id text not null,
        kind text not null,
        name text not null,
        made boolean not null,
        before jsonb,
        after jsonb,
        at timestamptz not null,
        primary key (team_id, connection_id, kind, name),
        foreign key (team_id, connection_id) references connections (team_id, id) on delete cascade
      )`.execute(db);
  },
};
