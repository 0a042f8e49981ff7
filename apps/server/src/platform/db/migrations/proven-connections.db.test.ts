import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  createDatabaseBefore,
  type EarlierDatabase,
} from '../../../../../../tests/support/database-before.ts';

let database: EarlierDatabase;
beforeAll(async () => {
  database = await createDatabaseBefore('0007-proven-connections');
});
afterAll(() => database[Symbol.asyncDispose]());

it('takes connections of the time before roles along: each keeps its key and gets an external ID of its own', async () => {
  const { db } = database;
  await sql`
    insert into teams (id, name, demo, created_at, updated_at) values ('team_1', 'Team', false, now(), now())`.execute(
    db,
  );
  for (const [id, sealed] of [
    ['con_1', 'v1.k1.a.b'],
    ['con_2', null],
  ] as const) {
    await sql`
      insert into connections (id, team_id, name, provider, bucket, region, endpoint, addressing, prefix, jobs, state,
        state_since, credentials_sealed, access_key_id_hint, credentials_set_at, last_check, created_at, updated_at)
      values (${id}, 'team_1', ${id}, 'other', 'photos', 'us-east-1', 'https://s3.example', 'path', '', '{deliver}',
        'active', now(), ${sealed}, ${sealed === null ? null : '…1234'}, ${sealed === null ? null : new Date()},
        '{"rows": []}', now(), now())`.execute(db);
  }

  await database.migrate();
  const rows = await db.selectFrom('connections').selectAll().orderBy('id').execute();
  expect(rows).toMatchObject([
    {
      credentialsSealed: 'v1.k1.a.b',
      credentialsKind: 'accessKey',
      accessKeyIdHint: '…1234',
      roleArn: null,
      checkEveryHours: 24,
      lastCheck: null,
      rotationPhase: null,
    },
    { credentialsSealed: null, credentialsKind: null, checkEveryHours: 24 },
  ]);
  const ids = rows.map(({ externalId }) => externalId);
  for (const id of ids) expect(id).toMatch(/^windlass-[0-9a-f]{32}$/);
  expect(new Set(ids).size).toBe(2);

  // A role needs no hint; credentials of no kind, and half a rotation, are refused.
  const change = (columns: ReturnType<typeof sql>) =>
    sql`update connections set ${columns} where id = 'con_1'`.execute(db);
  await change(sql`credentials_kind = 'role', access_key_id_hint = null`);
  await expect(change(sql`credentials_kind = null`)).rejects.toThrow(
    'connections_credentials_known_kind_check',
  );
  await expect(change(sql`rotation_phase = 'candidate'`)).rejects.toThrow('connections_rotation_check');
});
