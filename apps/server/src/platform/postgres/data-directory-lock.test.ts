import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { inspectDataDirectory, lockDataDirectory } from './data-directory-lock.ts';

let parent: string;
beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 'windlass-lock-'));
});
afterEach(() => rm(parent, { recursive: true, force: true }));

/** Another process that takes the folder and says so. */
const startHolder = async (directory: string) => {
  const module = new URL('data-directory-lock.ts', import.meta.url).href;
  const child = spawn(
    process.execPath,
    [
      '--input-type=module',
      '--eval',
      `const { lockDataDirectory } = await import(${JSON.stringify(module)});
       globalThis.lock = await lockDataDirectory(${JSON.stringify(directory)});
       console.log('held');
       setInterval(() => globalThis.lock, 1000);`,
    ],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  await once(child.stdout, 'data');
  return child;
};

describe('lockDataDirectory', () => {
  test('makes a folder that only its owner may enter', async () => {
    const data = join(parent, 'a', 'data');
    using lock = await lockDataDirectory(data);
    expect(lock.path).toBe(data);
    expect((await stat(data)).mode & 0o777).toBe(0o700);
    expect((await stat(join(data, 'lock.json'))).mode & 0o777).toBe(0o600);
  });

  test('refuses a second holder in this process, and gives the folder back', async () => {
    const data = join(parent, 'data');
    {
      using first = await lockDataDirectory(data);
      await expect(lockDataDirectory(first.path)).rejects.toThrow(`(process ${process.pid}, since `);
    }
    using again = await lockDataDirectory(data);
    expect(again.path).toBe(data);
  });

  test('names the process that holds it, and is free at once when that one is killed', async () => {
    const data = join(parent, 'data');
    const holder = await startHolder(data);
    await expect(lockDataDirectory(data)).rejects.toThrow(
      new RegExp(
        `process ${holder.pid}, .*Stop it first \\(kill ${holder.pid}\\), or choose another folder with --data`,
      ),
    );
    expect(await inspectDataDirectory(data)).toMatchObject({
      exists: true,
      writable: true,
      heldBy: { pid: holder.pid },
    });

    holder.kill('SIGKILL');
    await once(holder, 'exit');
    using lock = await lockDataDirectory(data);
    expect(lock.path).toBe(data);
  });

  test('lets exactly one of many that start together in', async () => {
    const data = join(parent, 'data');
    await mkdir(data, { mode: 0o700 });
    const outcomes = await Promise.allSettled(Array.from({ length: 8 }, () => lockDataDirectory(data)));
    const held = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));
    expect(held).toHaveLength(1);
    held[0]?.[Symbol.dispose]();
  });

  test('closes an empty folder, and leaves one with strange files as it is', async () => {
    const empty = join(parent, 'empty');
    await mkdir(empty);
    await chmod(empty, 0o755);
    using lock = await lockDataDirectory(empty);
    expect((await stat(lock.path)).mode & 0o777).toBe(0o700);

    const home = join(parent, 'home');
    await mkdir(home);
    await chmod(home, 0o755);
    await writeFile(join(home, 'letter.txt'), 'dear');
    await expect(lockDataDirectory(home)).rejects.toThrow(/Choose an empty folder with --data/);
    expect((await stat(home)).mode & 0o777).toBe(0o755);
    expect(await readdir(home)).toEqual(['letter.txt']);
  });
});

describe('inspectDataDirectory', () => {
  test('changes nothing', async () => {
    const data = join(parent, 'data');
    expect(await inspectDataDirectory(data)).toEqual({ exists: false, writable: false, heldBy: null });
    await mkdir(data);
    expect(await inspectDataDirectory(data)).toEqual({ exists: true, writable: true, heldBy: null });
    expect(await readdir(data)).toEqual([]);
  });
});
