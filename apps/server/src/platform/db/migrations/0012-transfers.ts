import { sql } from 'kysely';
import type { Migration } from '../migration.ts';

/** Upload grants, and the one ledger of what goes into buckets through them. */
export const migration: Migration = {
  async up(db) {
    await sql`
      create table upload_grants (
        id text primary key,
        team_id text not null,
        connection_id text not null,
        prefix text not null,
        max_files integer check (max_files > 0),
        max_file_bytes bigint check (max_file_bytes > 0),
        max_total_bytes bigint check (max_total_bytes > 0),
        types text[],
        on_conflict text not null check (on_conflict in ('refuse', 'rename')),
        holder_kind text not null check (holder_kind in ('team', 'order')),
        order_id text,
        token_hash text not null,
        made_by text references users (id) on delete set null,
        -- Of uploads that are under way or received; counted under a lock of this row.
        files integer not null default 0 check (files >= 0),
        bytes bigint not null default 0 check (bytes >= 0),
        created_at timestamptz not null,
        expires_at timestamptz not null,
        ended_at timestamptz,
        constraint upload_grants_token_hash_key unique (token_hash),
        constraint upload_grants_team_id_key unique (team_id, id),
        constraint upload_grants_connection_fkey foreign key (team_id, connection_id)
          references connections (team_id, id) on delete cascade,
        constraint upload_grants_holder_check check ((holder_kind = 'order') = (order_id is not null))
      )`.execute(db);
    // What the deletion of a connection, of an order and of a person looks for.
    await sql`create index upload_grants_connection on upload_grants (team_id, connection_id)`.execute(db);
    await sql`create index upload_grants_order on upload_grants (order_id) where order_id is not null`.execute(
      db,
    );
    await sql`create index upload_grants_made_by on upload_grants (made_by) where made_by is not null`.execute(
      db,
    );

    await sql`
      create table transfers (
        id text primary key,
        team_id text not null,
        grant_id text not null,
        connection_id text not null,
        -- Of the connection when the upload began: a receipt names the key that it went to.
        key_prefix text not null,
        key text not null,
        name text not null,
        size bigint not null check (size >= 0),
        type text not null,
        kind text not null check (kind in ('single', 'multipart')),
        state text not null check (state in ('open', 'completing', 'received', 'aborted', 'expired')),
        part_size bigint not null,
        part_count integer not null check (part_count between 1 and 10000),
        -- Null until the bucket has given one, and again while an upload starts anew.
        upload_id text,
        -- Since when the bucket may have begun an upload although its id never reached us.
        upload_begun_at timestamptz,
        retry_key text,
        checksum_algorithm text check (checksum_algorithm in ('sha256', 'crc64nvme')),
        checksum_value text,
        checksum_by text check (checksum_by in ('bucket', 'sender')),
        etag text,
        proof text check (proof in ('completed', 'seen', 'reported')),
        created_at timestamptz not null,
        expires_at timestamptz not null,
        received_at timestamptz,
        -- When a reported object is to be looked up; null: never.
        reconcile_at timestamptz,
        constraint transfers_grant_fkey foreign key (team_id, grant_id)
          references upload_grants (team_id, id) on delete cascade,
        constraint transfers_checksum_check check ((checksum_algorithm is null) = (checksum_value is null)),
        constraint transfers_single_check check (kind = 'multipart' or (part_count = 1 and upload_id is null)),
        constraint transfers_receipt_check check (
          (state = 'received') = (received_at is not null) and (state = 'received') = (proof is not null))
      )`.execute(db);
    // Nobody else writes a key while an upload of it is under way.
    await sql`
      create unique index transfers_key_under_way on transfers (connection_id, key)
        where state in ('open', 'completing')`.execute(db);
    // Names that are taken by what was received.
    await sql`create index transfers_key on transfers (connection_id, key)`.execute(db);
    // A sender asks again for what it asked for already.
    await sql`
      create unique index transfers_retry_key on transfers (grant_id, retry_key)
        where retry_key is not null and state in ('open', 'completing', 'received')`.execute(db);
    // The lists of a grant, of a team, and of a team's connection, newest first.
    await sql`create index transfers_grant on transfers (team_id, grant_id, id)`.execute(db);
    await sql`create index transfers_team on transfers (team_id, id)`.execute(db);
    await sql`create index transfers_connection on transfers (team_id, connection_id, id)`.execute(db);
    // What the janitor and the look-up ask for.
    await sql`
      create index transfers_expiry on transfers (expires_at)
        where state in ('open', 'completing')`.execute(db);
    await sql`
      create index transfers_reconcile on transfers (reconcile_at) where reconcile_at is not null`.execute(
      db,
    );

    await sql`
      create table transfer_parts (
        transfer_id text not null references transfers (id) on delete cascade,
        number integer not null check (number between 1 and 10000),
        etag text not null,
        crc64nvme text,
        primary key (transfer_id, number)
      )`.execute(db);

    // Uploads that the bucket has still to forget. The row is there before the ledger says that the upload has ended.
    await sql`
      create table upload_leftovers (
        id bigint generated always as identity primary key,
        team_id text not null,
        connection_id text not null,
        key text not null,
        -- Null where the bucket may have begun one whose id never reached us.
        upload_id text,
        tries integer not null default 0,
        due_at timestamptz not null,
        constraint upload_leftovers_connection_fkey foreign key (team_id, connection_id)
          references connections (team_id, id) on delete cascade
      )`.execute(db);
    await sql`create index upload_leftovers_due on upload_leftovers (due_at)`.execute(db);
    await sql`create index upload_leftovers_connection on upload_leftovers (team_id, connection_id)`.execute(
      db,
    );
  },
};
