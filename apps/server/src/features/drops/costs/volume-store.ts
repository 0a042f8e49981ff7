import type { DropId, ProviderId, TeamId } from '@windlass/contract';
import { sql } from 'kysely';
import type { Database } from '../../../platform/db/index.ts';

/** What the orders of one month did at one provider. */
export interface MonthRow {
  /** `2026-11`, UTC. */
  month: string;
  provider: ProviderId;
  orders: number;
  files: number;
  manifests: number;
  bytesReceived: number;
  averageBytesStored: number;
  filesDownloaded: number;
  bytesDownloaded: number;
}

/** Months that are reckoned, this one included. */
const mostMonths = 24;

/** A timestamp without a zone, in UTC: the queries reckon in those. */
const firstMonth = (now: Date): string =>
  new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - (mostMonths - 1))).toISOString().slice(0, 10);

/**
 * By month and provider, newest first. An object that several orders have lies there once, from when it came until the last
 * of them lets it go; what has not passed yet counts for nothing. An order whose connection was deleted counts as `other`.
 *
 * What lay there is summed up by first and last month before it is spread over the months between: one pass over the files.
 *
 * Indexes: orders_submitted, orders_drop, order_files_order, order_downloads_pkey.
 */
export const listMonths = async (
  db: Database,
  { teamId, dropId }: { teamId: TeamId; dropId: DropId | null },
  now: Date,
): Promise<MonthRow[]> => {
  const since = firstMonth(now);
  const { rows } = await sql<Record<keyof MonthRow, string>>`
    with months as (
      select start, extract(epoch from start + interval '1 month' - start)::float8 as seconds
      from generate_series(${since}::timestamp, ${now}::timestamptz at time zone 'UTC', interval '1 month') as start
    ), sent as (
      select orders.id, orders.manifest, orders.files_deleted_at,
        date_trunc('month', orders.submitted_at at time zone 'UTC') as start,
        coalesce(connections.provider, 'other') as provider
      from orders
      left join connections
        on connections.team_id = orders.team_id and connections.id = orders.connection_id
      where orders.team_id = ${teamId} and orders.submitted_at is not null
        and (${dropId}::text is null or orders.drop_id = ${dropId})
    ), objects as (
      select sent.provider, max(order_files.size) as size,
        min(order_files.received_at) at time zone 'UTC' as came,
        least(max(coalesce(order_files.deleted_at, sent.files_deleted_at, ${now})), ${now}) at time zone 'UTC' as went
      from order_files join sent on sent.id = order_files.order_id
      where order_files.team_id = ${teamId}
      group by sent.provider, order_files.transfer_id
    ), lain as (
      select provider, size, came, went, date_trunc('month', came) as start, date_trunc('month', went) as finish
      from objects
    ), spans as (
      select provider, start, finish, sum(size) as size,
        sum(size * extract(epoch from least(went, start + interval '1 month') - came)::float8) as in_first,
        sum(size * extract(epoch from went - finish)::float8) as in_last
      from lain where went > came group by provider, start, finish
    ), ordered as (
      select start, provider, count(*) as orders, count(*) filter (where manifest = 'written') as manifests
      from sent where start >= ${since} group by start, provider
    ), received as (
      select start, provider, count(*) as files, sum(size) as bytes
      from lain where start >= ${since} group by start, provider
    ), stored as (
      select months.start, provider,
        sum(case months.start when spans.start then in_first when finish then in_last
          else size * seconds end) / seconds as average
      from spans join months on months.start between spans.start and finish
      group by months.start, seconds, provider
    ), fetched as (
      select date_trunc('month', day::timestamp) as start, provider, sum(files) as files, sum(bytes) as bytes
      from order_downloads
      where team_id = ${teamId} and day >= ${since}::timestamp and (${dropId}::text is null or drop_id = ${dropId})
      group by 1, provider
    )
    select to_char(start, 'YYYY-MM') as month, provider,
      coalesce(ordered.orders, 0) as orders, coalesce(ordered.manifests, 0) as manifests,
      coalesce(received.files, 0) as files, coalesce(received.bytes, 0) as "bytesReceived",
      round(coalesce(stored.average, 0)) as "averageBytesStored",
      coalesce(fetched.files, 0) as "filesDownloaded", coalesce(fetched.bytes, 0) as "bytesDownloaded"
    from ordered
    full join received using (start, provider)
    full join stored using (start, provider)
    full join fetched using (start, provider)
    order by start desc, provider`.execute(db);
  return rows.map(({ month, provider, ...counts }) => ({
    month,
    // Of the column's own check, or of the word above.
    provider: provider as ProviderId,
    orders: Number(counts.orders),
    files: Number(counts.files),
    manifests: Number(counts.manifests),
    bytesReceived: Number(counts.bytesReceived),
    averageBytesStored: Number(counts.averageBytesStored),
    filesDownloaded: Number(counts.filesDownloaded),
    bytesDownloaded: Number(counts.bytesDownloaded),
  }));
};
