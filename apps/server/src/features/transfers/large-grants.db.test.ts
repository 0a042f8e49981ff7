import { sql } from 'kysely';
import { expect } from 'vitest';
import { transferTest as test } from '../../../../../tests/support/transfer-test.ts';
import { fileOf, uploadSignal as signal } from '../../../../../tests/support/upload-steps.ts';
import type { Database } from '../../platform/db/index.ts';
import { findFiles, findFolders } from './folder-store.ts';
import { listGrants } from './grant-store.ts';
import { findByRetryKeys } from './transfer-store.ts';

const names = Array.from({ length: 400 }, (_, at) => `folder/${at}.jpg`);

/** Rows that a transaction has read so far, by whichever index (PostgreSQL: pg_stat_xact_user_tables). */
const rowsRead = async (trx: Database, table = 'transfers'): Promise<number> => {
  const { rows } = await sql<{ read: string }>`
    select coalesce(idx_tup_fetch, 0) + seq_tup_read as read from pg_stat_xact_user_tables where relname = ${table}`.execute(
    trx,
  );
  return Number(rows[0]?.read);
};

test('what a file may not collide with is looked up without reading all files of a new grant', async ({
  scene,
}) => {
  const grant = await scene.openGrant({ prefix: 'large/' });
  const uploads = scene.transfers.uploads(grant);
  for (let at = 0; at < names.length; at += 100) {
    const files = names.slice(at, at + 100).map((name) => ({ ...fileOf(name), retryKey: `mark-${name}` }));
    const results = await uploads.create(files, signal);
    expect(results.filter(({ refusal }) => refusal !== null)).toEqual([]);
  }
  const where = { teamId: grant.teamId, grantId: grant.id };
  const others = Array.from({ length: 100 }, (_, at) => `large/other/${at}.jpg`);
  await scene.db.transaction().execute(async (trx) => {
    const before = await rowsRead(trx);
    expect(await findFiles(trx, where, ['large/other'])).toEqual(new Set());
    expect((await rowsRead(trx)) - before, 'by names').toBe(0);
    expect(await findFolders(trx, where, others)).toEqual(new Set());
    expect((await rowsRead(trx)) - before, 'by folders').toBe(0);
    expect(await findByRetryKeys(trx, where, others)).toEqual([]);
    expect((await rowsRead(trx)) - before, 'by marks').toBe(0);

    expect(await findFolders(trx, where, ['large/folder', ...others])).toEqual(new Set(['large/folder']));
    const known = await findByRetryKeys(trx, where, [`mark-${names[0]}`, 'mark-of-nobody']);
    expect(known.map(({ name }) => name)).toEqual([names[0]]);
    expect((await rowsRead(trx)) - before).toBeLessThan(10);
  });
});

test('the grants that a team holds itself are listed without reading those of its orders', async ({
  scene,
}) => {
  const own = await scene.openGrant({ prefix: 'own/' });
  await sql`
    insert into upload_grants (id, team_id, connection_id, prefix, on_conflict, holder_kind, order_id, token_hash,
      created_at, expires_at)
    select 'upg_order' || n, team_id, connection_id, prefix, on_conflict, 'order', 'ord' || n, 'hash' || n, created_at,
      expires_at
    from upload_grants, generate_series(1, 3000) as n where id = ${own.id}`.execute(scene.db);
  await sql`analyze upload_grants`.execute(scene.db);
  await scene.db.transaction().execute(async (trx) => {
    const before = await rowsRead(trx, 'upload_grants');
    const filter = {
      connectionId: scene.connection.id,
      holder: 'team',
      goodAt: scene.clock.now(),
    } as const;
    const listed = await listGrants(trx, scene.teamId, filter, { before: null, limit: 51 });
    expect(listed.map(({ id }) => id)).toContain(own.id);
    expect((await rowsRead(trx, 'upload_grants')) - before).toBeLessThan(50);
  });
});
