import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { createTestDatabase } from '../../../../../tests/support/test-database.ts';
import { createDatabase, isUniqueViolation, migrateToLatest, migrationState, pingDatabase } from './index.ts';
import { migrations } from './migrations/index.ts';

const failureOf = async (work: Promise<unknown>): Promise<unknown> => {
  try {
    await work;
  } catch (error) {
    return error;
  }
  throw new Error('It did not fail.');
};

describe('createDatabase', () => {
  test('reads snake_case columns as camelCase and leaves the keys of jsonb alone', async () => {
    await using database = await createTestDatabase();
    const result = await sql<{ displayName: string; settings: object }>`
      select 'x' as display_name, '{"snake_key": {"a_b": 1}}'::jsonb as settings`.execute(database.db);
    expect(result.rows).toEqual([{ displayName: 'x', settings: { snake_key: { a_b: 1 } } }]);
  });

  test('is reachable by its URL too', async () => {
    await using database = await createTestDatabase();
    await using byUrl = createDatabase({ connection: database.url, maxConnections: 1 });
    const { rows } = await sql<{ name: string }>`select current_database() as name`.execute(byUrl.db);
    expect(database.url).toContain(rows[0]?.name);
  });

  test('ends a statement that runs beyond its limit', async () => {
    await using database = await createTestDatabase();
    await using quick = createDatabase({
      connection: database.connection,
      maxConnections: 1,
      statementTimeoutMilliseconds: 50,
    });
    await expect(sql`select pg_sleep(5)`.execute(quick.db)).rejects.toThrow(/statement timeout/);
  });

  test('survives the loss of idle and of busy connections, and connects again', async () => {
    await using database = await createTestDatabase();
    const lost: Error[] = [];
    await using victim = createDatabase({
      connection: database.connection,
      maxConnections: 2,
      onConnectionLost: (error) => lost.push(error),
    });
    await pingDatabase(victim.db, AbortSignal.timeout(5_000));
    const busy = failureOf(sql`select pg_sleep(30)`.execute(victim.db));
    const idle = sql`select 1`.execute(victim.db);
    await idle;
    await sql`select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and pid <> pg_backend_pid()`.execute(database.db);
    expect(await busy).toBeInstanceOf(Error);
    await expect.poll(() => lost.length).toBe(2);
    await pingDatabase(victim.db, AbortSignal.timeout(5_000));
  });

  test('fails within its time when the server is away', async () => {
    await using nowhere = createDatabase({
      connection: { host: '/nonexistent', port: 5432, user: 'windlass', database: 'windlass' },
      maxConnections: 1,
    });
    await expect(pingDatabase(nowhere.db, AbortSignal.timeout(2_000))).rejects.toThrow(/ENOENT/);
  });

  test('gives a ping up when its signal fires', async () => {
    await using database = await createTestDatabase({ maxConnections: 1 });
    const hog = sql`select pg_sleep(1)`.execute(database.db);
    await expect(pingDatabase(database.db, AbortSignal.timeout(50))).rejects.toThrow(/timeout/);
    await hog;
  });
});

describe('isUniqueViolation', () => {
  test('names the constraint that refused the row, and no other', async () => {
    await using database = await createTestDatabase();
    await sql`create table thing (id int constraint thing_pkey primary key, n int constraint thing_n_key unique)`.execute(
      database.db,
    );
    await sql`insert into thing values (1, 1)`.execute(database.db);
    const error = await failureOf(sql`insert into thing values (2, 1)`.execute(database.db));
    expect(isUniqueViolation(error, 'thing_n_key')).toBe(true);
    expect(isUniqueViolation(error, 'thing_pkey')).toBe(false);
    expect(isUniqueViolation(new Error('other'), 'thing_n_key')).toBe(false);
  });
});

describe('migrateToLatest', () => {
  test('takes every step once when several processes start at the same time', async () => {
    await using database = await createTestDatabase();
    await sql`drop schema public cascade`.execute(database.db);
    await sql`create schema public`.execute(database.db);
    const names = Object.keys(migrations);
    expect(await migrationState(database.db)).toEqual({ pending: names, unknown: [] });
    const taken = await Promise.all([1, 2, 3].map(() => migrateToLatest(database.db)));
    expect(taken.flat().toSorted()).toEqual(names);
    expect(await migrationState(database.db)).toEqual({ pending: [], unknown: [] });
  });

  test('refuses a database that a newer release has changed', async () => {
    await using database = await createTestDatabase();
    await sql`insert into kysely_migration values ('9999-tomorrow', now()::text)`.execute(database.db);
    await expect(migrateToLatest(database.db)).rejects.toThrow(
      /newer release of Windlass \(it has 9999-tomorrow\)/,
    );
    expect(await migrationState(database.db)).toEqual({ pending: [], unknown: ['9999-tomorrow'] });
  });
});
