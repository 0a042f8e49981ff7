import { sql } from 'kysely';
import type { Migration } from '../migration.ts';

/** Order pages (drops), their forms, orders with files, events, notes and mails, and what orders cost. */
export const migration: Migration = {
  async up(db) {
    await sql`
      create table drops (
        id text primary key,
        team_id text not null references teams (id) on delete cascade,
        connection_id text not null,
        name text not null constraint drops_name_key unique,
        title text not null,
        text text not null,
        logo text,
        color text not null,
        form_version integer not null check (form_version > 0),
        max_files integer not null check (max_files > 0),
        max_file_bytes bigint not null check (max_file_bytes > 0),
        max_order_bytes bigint not null check (max_order_bytes > 0),
        types text[],
        paused boolean not null,
        closes_at timestamptz,
        late_hours integer not null check (late_hours >= 0),
        access text not null check (access in ('open', 'password', 'pin')),
        password_hash text,
        consent_text text not null,
        retention_days integer check (retention_days > 0),
        customer_email text not null check (customer_email in ('required', 'optional', 'off')),
        customer_phone text not null check (customer_phone in ('required', 'optional', 'off')),
        notify_emails text[] not null,
        challenge text not null check (challenge in ('none', 'proofOfWork', 'hcaptcha')),
        hcaptcha_site_key text,
        hcaptcha_secret_sealed text,
        max_orders_per_day integer check (max_orders_per_day > 0),
        max_bytes_per_day bigint check (max_bytes_per_day > 0),
        max_total_bytes bigint check (max_total_bytes > 0),
        embed_origins text[],
        -- Signs challenges and makes status links of its orders.
        page_key_sealed text not null,
        -- What was found about its files' deletion the last time that somebody looked.
        retention_check jsonb,
        created_at timestamptz not null,
        updated_at timestamptz not null,
        -- What orders and forms refer to, so that none can belong to another team's page. Also pages a team's list.
        constraint drops_team_id_key unique (team_id, id),
        constraint drops_connection_fkey foreign key (team_id, connection_id) references connections (team_id, id),
        check (access = 'open' or password_hash is not null),
        check (challenge <> 'hcaptcha' or (hcaptcha_site_key is not null and hcaptcha_secret_sealed is not null))
      )`.execute(db);
    // What stands on a connection.
    await sql`create index drops_connection on drops (team_id, connection_id, id)`.execute(db);

    await sql`
      create table drop_forms (
        team_id text not null,
        drop_id text not null,
        version integer not null check (version > 0),
        fields jsonb not null,
        created_at timestamptz not null,
        primary key (team_id, drop_id, version),
        constraint drop_forms_drop_fkey foreign key (team_id, drop_id)
          references drops (team_id, id) on delete cascade
      )`.execute(db);

    // What came in on a day (UTC): quotas are held against it.
    await sql`
      create table drop_days (
        team_id text not null,
        drop_id text not null,
        day date not null,
        orders_started integer not null default 0,
        orders_received integer not null default 0,
        files bigint not null default 0,
        bytes bigint not null default 0,
        primary key (team_id, drop_id, day),
        constraint drop_days_drop_fkey foreign key (team_id, drop_id)
          references drops (team_id, id) on delete cascade
      )`.execute(db);

    await sql`
      create table orders (
        id text primary key,
        team_id text not null,
        drop_id text not null,
        -- Where its files are: the page may move to another connection later. Null once that connection is deleted.
        connection_id text,
        number text not null,
        -- Below the connection's own prefix; ends in a slash.
        prefix text not null,
        form_version integer not null,
        state text not null check (state in
          ('draft', 'received', 'downloaded', 'inProduction', 'ready', 'delivered', 'cancelled')),
        late boolean not null default false,
        customer_name text,
        customer_email text,
        customer_phone text,
        answers jsonb not null default '{}',
        -- Of a draft: what was chosen for files, by transfer.
        draft_options jsonb not null default '{}',
        -- Null where nobody uploads to it: a repeated order, or one whose connection was deleted.
        grant_id text,
        token_hash text constraint orders_token_key unique,
        status_token_hash text not null constraint orders_status_token_key unique,
        files integer not null default 0,
        bytes bigint not null default 0,
        consent_text text,
        consented_at timestamptz,
        manifest text not null default 'pending' check (manifest in ('pending', 'written', 'failed')),
        manifest_trouble text,
        clone_of text references orders (id) on delete set null,
        -- Words of number, customer and file names, as features/drops/search-words.ts makes them.
        search tsvector not null default ''::tsvector,
        created_at timestamptz not null,
        updated_at timestamptz not null,
        -- Of a draft: when it is thrown away.
        expires_at timestamptz,
        submitted_at timestamptz,
        files_until timestamptz,
        files_deleted_at timestamptz,
        -- Who deleted them: we, or the rule on the bucket.
        retention_how text check (retention_how in ('deleted', 'lifecycle')),
        retention_tried_at timestamptz,
        retention_trouble text,
        constraint orders_team_id_key unique (team_id, id),
        constraint orders_number_key unique (team_id, number),
        constraint orders_form_fkey foreign key (team_id, drop_id, form_version)
          references drop_forms (team_id, drop_id, version) on delete cascade,
        constraint orders_drop_fkey foreign key (team_id, drop_id) references drops (team_id, id) on delete cascade,
        constraint orders_connection_fkey foreign key (team_id, connection_id)
          references connections (team_id, id) on delete set null (connection_id),
        constraint orders_grant_fkey foreign key (team_id, grant_id)
          references upload_grants (team_id, id) on delete set null (grant_id),
        check ((state = 'draft') = (expires_at is not null)),
        check ((state = 'draft') = (submitted_at is null)),
        check (state = 'draft' or customer_name is not null)
      )`.execute(db);
    // The desk's list, newest first: all orders, those of a page, those in a state.
    await sql`create index orders_list on orders (team_id, id desc) where state <> 'draft'`.execute(db);
    await sql`create index orders_drop on orders (team_id, drop_id, id desc) include (state, bytes)`.execute(
      db,
    );
    await sql`create index orders_state on orders (team_id, state, id desc)`.execute(db);
    await sql`create index orders_search on orders using gin (search)`.execute(db);
    await sql`create index orders_connection on orders (team_id, connection_id)`.execute(db);
    await sql`create index orders_grant on orders (team_id, grant_id) where grant_id is not null`.execute(db);
    await sql`create index orders_clone on orders (clone_of) where clone_of is not null`.execute(db);
    await sql`create index orders_expiry on orders (expires_at) where expires_at is not null`.execute(db);
    // Whose days are over.
    await sql`
      create index orders_retention on orders (files_until)
        where files_until is not null and files_deleted_at is null`.execute(db);
    // What of a month was received, for its costs.
    await sql`
      create index orders_submitted on orders (team_id, submitted_at) where submitted_at is not null`.execute(
      db,
    );

    await sql`
      create table order_files (
        id text primary key,
        team_id text not null,
        order_id text not null,
        transfer_id text not null,
        -- Its place in the order as it was sent, from 0; of a draft, 0.
        position integer not null,
        name text not null,
        -- Below the connection's prefix; and the whole.
        key text not null,
        full_key text not null,
        size bigint not null,
        type text not null,
        etag text,
        checksum jsonb,
        options jsonb not null default '{}',
        received_at timestamptz not null,
        -- It came, but the customer sent the order without it: it is in the bucket and in no list.
        left_out_at timestamptz,
        deleted_at timestamptz,
        constraint order_files_transfer_key unique (team_id, order_id, transfer_id),
        constraint order_files_order_fkey foreign key (team_id, order_id)
          references orders (team_id, id) on delete cascade
      )`.execute(db);
    await sql`create index order_files_order on order_files (team_id, order_id, position)`.execute(db);
    // Whether another order (a repeated one) still needs an object.
    await sql`create index order_files_transfer on order_files (team_id, transfer_id)`.execute(db);

    await sql`
      create table order_events (
        id bigint generated always as identity primary key,
        team_id text not null,
        order_id text not null,
        state text not null,
        -- Null: the customer, or the program.
        made_by text references users (id) on delete set null,
        at timestamptz not null,
        constraint order_events_order_fkey foreign key (team_id, order_id)
          references orders (team_id, id) on delete cascade
      )`.execute(db);
    await sql`create index order_events_order on order_events (team_id, order_id, id)`.execute(db);
    await sql`create index order_events_made_by on order_events (made_by)`.execute(db);

    await sql`
      create table order_notes (
        id text primary key,
        team_id text not null,
        order_id text not null,
        text text not null,
        made_by text references users (id) on delete set null,
        at timestamptz not null,
        constraint order_notes_order_fkey foreign key (team_id, order_id)
          references orders (team_id, id) on delete cascade
      )`.execute(db);
    await sql`create index order_notes_order on order_notes (team_id, order_id, id)`.execute(db);
    await sql`create index order_notes_made_by on order_notes (made_by)`.execute(db);

    await sql`
      create table order_mails (
        id bigint generated always as identity primary key,
        team_id text not null,
        order_id text not null,
        kind text not null,
        -- Which state it tells of; null where it tells of none.
        about_state text,
        recipient text not null,
        state text not null check (state in ('pending', 'sent', 'failed')),
        attempts integer not null default 0,
        trouble text,
        created_at timestamptz not null,
        sent_at timestamptz,
        constraint order_mails_order_fkey foreign key (team_id, order_id)
          references orders (team_id, id) on delete cascade
      )`.execute(db);
    await sql`create index order_mails_order on order_mails (team_id, order_id, id)`.execute(db);
    // How many an address has had lately.
    await sql`create index order_mails_recipient on order_mails (team_id, lower(recipient), created_at)`.execute(
      db,
    );

    // The last number given in a year; a number that was given never comes again.
    await sql`
      create table order_counters (
        team_id text not null references teams (id) on delete cascade,
        year integer not null,
        last integer not null,
        primary key (team_id, year)
      )`.execute(db);

    await sql`
      create table order_state_labels (
        team_id text not null references teams (id) on delete cascade,
        state text not null,
        label text not null,
        primary key (team_id, state)
      )`.execute(db);

    await sql`
      create table storage_prices (
        team_id text not null references teams (id) on delete cascade,
        provider text not null,
        currency text not null,
        storage_per_gb_month double precision not null,
        download_per_gb double precision not null,
        writes_per_thousand double precision not null,
        reads_per_thousand double precision not null,
        set_at timestamptz not null,
        primary key (team_id, provider)
      )`.execute(db);

    // What was handed out of a page's orders on a day (UTC), at whose prices.
    await sql`
      create table order_downloads (
        team_id text not null,
        drop_id text not null,
        provider text not null,
        day date not null,
        files bigint not null default 0,
        bytes bigint not null default 0,
        primary key (team_id, drop_id, provider, day),
        constraint order_downloads_drop_fkey foreign key (team_id, drop_id)
          references drops (team_id, id) on delete cascade
      )`.execute(db);

    // Challenges that began an order: each is taken once.
    await sql`
      create table used_challenges (
        hash text primary key,
        drop_id text not null,
        expires_at timestamptz not null
      )`.execute(db);
    // How busy a page is: the harder its next challenge.
    await sql`create index used_challenges_drop on used_challenges (drop_id, expires_at)`.execute(db);
    await sql`create index used_challenges_expiry on used_challenges (expires_at)`.execute(db);
  },
};
