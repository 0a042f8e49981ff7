import { expect, test } from 'vitest';
import { z } from 'zod';
import { createTestDatabase } from '../../../../../tests/support/test-database.ts';
import { silentLog } from '../../kernel/log.ts';
import { createJobs } from './create-jobs.ts';
import type { Queue } from './jobs.ts';

const greet = {
  name: 'greet',
  payload: z.object({ name: z.string() }),
  retryLimit: 2,
  retryDelaySeconds: 0,
  expireInSeconds: 30,
} as const satisfies Queue;

const until = async (holds: () => boolean): Promise<void> => {
  for (const end = Date.now() + 20_000; Date.now() < end;) {
    if (holds()) return;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error('it did not happen within 20 s');
};

test('a job exists exactly when its transaction commits', async () => {
  await using database = await createTestDatabase();
  const { db, connection } = database;
  await using jobs = await createJobs({ connection, worker: true, queues: [greet], log: silentLog });
  const seen: string[] = [];
  await jobs.work(greet, async ({ name }) => {
    seen.push(name);
  });

  const rolledBack = db.transaction().execute(async (trx) => {
    await jobs.enqueue(trx, greet, { name: 'never' });
    throw new Error('rolled back');
  });
  await expect(rolledBack).rejects.toThrow('rolled back');
  await db.transaction().execute((trx) => jobs.enqueue(trx, greet, { name: 'kept' }));

  await until(() => seen.length > 0);
  expect(seen).toEqual(['kept']);
});

test('a failed job is tried again', async () => {
  await using database = await createTestDatabase();
  const { db, connection } = database;
  await using jobs = await createJobs({ connection, worker: true, queues: [greet], log: silentLog });
  let tries = 0;
  await jobs.work(greet, async () => {
    tries += 1;
    if (tries === 1) throw new Error('first try fails');
  });
  await jobs.enqueue(db, greet, { name: 'a' });
  await until(() => tries >= 2);
  expect(tries).toBe(2);
});

test('a backlog is worked off without a pause, and a job that fails takes no other with it', async () => {
  await using database = await createTestDatabase();
  const { db, connection } = database;
  const common = { connection, queues: [greet], log: silentLog };
  await using jobs = await createJobs({ ...common, worker: true });
  for (let index = 0; index < 40; index += 1) await jobs.enqueue(db, greet, { name: String(index) });
  const done: string[] = [];
  const began = performance.now();
  await jobs.work(greet, async ({ name }) => {
    if (name === '0') throw new Error('this one always fails');
    done.push(name);
  });
  await until(() => done.length >= 39);
  expect(new Set(done).size).toBe(39);
  expect(performance.now() - began).toBeLessThan(15_000);
});

test('of two workers one carries a job out; a process without the role only enqueues', async () => {
  await using database = await createTestDatabase({ maxConnections: 2 });
  const { db, connection } = database;
  const common = { connection, queues: [greet], log: silentLog };
  await using web = await createJobs({ ...common, worker: false });
  await using first = await createJobs({ ...common, worker: true });
  await using second = await createJobs({ ...common, worker: true });
  const seen: string[] = [];
  for (const jobs of [first, second]) {
    await jobs.work(greet, async ({ name }) => {
      seen.push(name);
    });
  }
  const names = Array.from({ length: 20 }, (_, index) => `job-${index}`);
  for (const name of names) await web.enqueue(db, greet, { name });

  await until(() => seen.length >= names.length);
  expect(seen.toSorted()).toEqual(names.toSorted());
  await expect(web.work(greet, async () => {})).rejects.toThrow('role worker');
});

test('a payload of another shape is refused when it goes in', async () => {
  await using database = await createTestDatabase();
  const { db, connection } = database;
  await using jobs = await createJobs({ connection, worker: false, queues: [greet], log: silentLog });
  // What the type forbids is what this test is about.
  await expect(jobs.enqueue(db, greet, { name: 7 } as unknown as { name: string })).rejects.toThrow('name');
});
