import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  createDatabaseBefore,
  type EarlierDatabase,
} from '../../../../../../tests/support/database-before.ts';

let database: EarlierDatabase;
beforeAll(async () => {
  database = await createDatabaseBefore('0011-images');
});
afterAll(() => database[Symbol.asyncDispose]());

it('takes sources of the time before web folders along: each stays on its connection, with its keys', async () => {
  const { db } = database;
  for (const team of ['team_1', 'team_2']) {
    await sql`insert into teams (id, name, demo, created_at, updated_at)
      values (${team}, 'Team', false, now(), now())`.execute(db);
  }
  for (const [id, team] of [
    ['con_1', 'team_1'],
    ['con_2', 'team_1'],
    ['con_3', 'team_2'],
  ]) {
    await sql`
      insert into connections (id, team_id, name, provider, bucket, region, endpoint, addressing, prefix, jobs, state,
        state_since, external_id, created_at, updated_at)
      values (${id}, ${team}, ${id}, 'other', 'photos', 'us-east-1', 'https://s3.example', 'path', '', '{deliver}',
        'active', now(), 'x', now(), now())`.execute(db);
  }
  await sql`
    insert into sources (id, team_id, connection_id, name, prefix, secured, default_parameters, max_age_seconds, limits,
      signing_keys_sealed, signing_keys_set_at, created_at, updated_at)
    values ('src_1', 'team_1', 'con_1', 'shop', 'a/', true, 'format=webp', 60, '{"maxInputBytes": 1024}', 'v1.k1.a.b',
      now(), now(), now())`.execute(db);

  await database.migrate();
  expect(await db.selectFrom('sources').selectAll().execute()).toMatchObject([
    {
      id: 'src_1',
      kind: 'connection',
      connectionId: 'con_1',
      webBaseUrl: null,
      prefix: 'a/',
      secured: true,
      signingKeysSealed: 'v1.k1.a.b',
      previousSigningKeysSealed: null,
      presets: {},
      presetsOnly: false,
      allowedSizes: null,
      autoFormats: ['avif', 'webp'],
      revalidateSeconds: 60,
      staleSeconds: 86_400,
      fallbackPath: null,
      onError: 'text',
      cacheConnectionId: null,
      limits: { maxInputBytes: 1024 },
    },
  ]);

  const change = (columns: ReturnType<typeof sql>) =>
    sql`update sources set ${columns} where id = 'src_1'`.execute(db);
  for (const half of [
    sql`connection_id = null`,
    sql`web_base_url = 'https://www.example.com/'`,
    sql`kind = 'web', web_base_url = 'https://www.example.com/'`,
    sql`kind = 'web', connection_id = null`,
  ]) {
    await expect(change(half)).rejects.toThrow('sources_place_check');
  }
  await change(sql`kind = 'web', connection_id = null, web_base_url = 'https://www.example.com/'`);
  await expect(change(sql`previous_signing_keys_until = now()`)).rejects.toThrow(
    'sources_previous_keys_check',
  );

  // A cache is a connection of the same team, and goes with it.
  await expect(change(sql`cache_connection_id = 'con_3'`)).rejects.toThrow('sources_cache_connection_fkey');
  await change(sql`cache_connection_id = 'con_2'`);
  await sql`delete from connections where id = 'con_2'`.execute(db);
  const { rows } = await sql`select team_id, cache_connection_id from sources`.execute(db);
  expect(rows).toEqual([{ teamId: 'team_1', cacheConnectionId: null }]);

  // Purges and usage are a source's own, within its team, and go with it.
  const usage = (team: string) =>
    sql`insert into image_usage values (${team}, 'src_1', now(), 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, now())`.execute(
      db,
    );
  const purge = (team: string) =>
    sql`insert into source_purges values (${team}, ${team}, 'src_1', 'path', 'a', now(), null, now())`.execute(
      db,
    );
  await expect(usage('team_2')).rejects.toThrow('image_usage_source_fkey');
  await expect(purge('team_2')).rejects.toThrow('source_purges_source_fkey');
  await usage('team_1');
  await purge('team_1');
  await sql`delete from sources`.execute(db);
  for (const table of ['sourcePurges', 'imageUsage'] as const) {
    expect(await db.selectFrom(table).selectAll().execute()).toEqual([]);
  }
});
