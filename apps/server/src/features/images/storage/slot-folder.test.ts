import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { takeSlotFolder } from './slot-folder.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'slots-'));
});
afterEach(() => rm(folder, { recursive: true }));

test('each gets a folder of its own, and a free one is taken again', async () => {
  await using first = await takeSlotFolder(folder);
  {
    await using second = await takeSlotFolder(folder);
    expect([basename(first.path), basename(second.path)]).toEqual(['slot-0', 'slot-1']);
    expect((await stat(second.path)).mode & 0o777).toBe(0o700);
    await writeFile(join(second.path, 'kept'), 'x');
  }
  await using again = await takeSlotFolder(folder);
  expect(await readdir(again.path)).toContain('kept');
});

test('the slot of a process that was killed is free at once', async () => {
  const module = new URL('slot-folder.ts', import.meta.url).href;
  const code = `const { takeSlotFolder } = await import(${JSON.stringify(module)});
    globalThis.slot = await takeSlotFolder(${JSON.stringify(folder)});
    console.log(globalThis.slot.path);
    setInterval(() => globalThis.slot, 1000);`;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', code], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  expect(String(await once(child.stdout, 'data'))).toContain('slot-0');
  {
    await using beside = await takeSlotFolder(folder);
    expect(basename(beside.path)).toBe('slot-1');
  }
  child.kill('SIGKILL');
  await exited;
  await using after = await takeSlotFolder(folder);
  expect(basename(after.path)).toBe('slot-0');
});

test('a slot that nobody took for a week is removed; one in use is not', async () => {
  {
    await using first = await takeSlotFolder(folder);
    await using second = await takeSlotFolder(folder);
    await using third = await takeSlotFolder(folder);
    expect([first, second, third].map(({ path }) => basename(path))).toEqual(['slot-0', 'slot-1', 'slot-2']);
  }
  await using own = await takeSlotFolder(folder);
  await using used = await takeSlotFolder(folder);
  const longAgo = new Date(Date.now() - 8 * 24 * 60 * 60 * 1000);
  for (const name of ['slot-1', 'slot-2']) await utimes(join(folder, name, 'lock'), longAgo, longAgo);
  await own[Symbol.asyncDispose]();
  await using next = await takeSlotFolder(folder);
  expect(next.path).toBe(own.path);
  expect(await readdir(folder)).toEqual(['slot-0', basename(used.path)]);
});
