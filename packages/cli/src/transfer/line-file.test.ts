import { appendFile, mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createLineFile } from './line-file.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'windlass-lines-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

it('keeps the order of lines that come faster than they are written, for this user alone', async () => {
  const path = join(folder, 'state/many.jsonl');
  const lines = createLineFile(path, { fresh: true });
  const names = Array.from({ length: 500 }, (_, at) => `line ${at}`);
  await Promise.all(names.map((name) => lines.append(name)));
  expect(await readFile(path, 'utf8')).toBe(`${names.join('\n')}\n`);
  expect((await stat(path)).mode & 0o777).toBe(0o600);
});

it('has a line in the file when it says so, while others are still on their way', async () => {
  const path = join(folder, 'soon.jsonl');
  const lines = createLineFile(path, { fresh: true });
  const [first, second] = [lines.append('first'), lines.append('second')];
  await first;
  const third = lines.append('third');
  expect((await readFile(path, 'utf8')).startsWith('first\n')).toBe(true);
  await Promise.all([second, third]);
  expect(await readFile(path, 'utf8')).toBe('first\nsecond\nthird\n');
});

it('begins a new line behind one that was cut off', async () => {
  const path = join(folder, 'torn.jsonl');
  await appendFile(path, 'whole\nto');
  await createLineFile(path, { fresh: false }).append('next');
  expect(await readFile(path, 'utf8')).toBe('whole\nto\nnext\n');
});

it('tells those whose line could not be written, and goes on once it can', async () => {
  const path = join(folder, 'blocked');
  await writeFile(path, '');
  const lines = createLineFile(join(path, 'x.jsonl'), { fresh: true });
  await expect(lines.append('lost')).rejects.toThrow(/ENOTDIR|EEXIST/);
  await rm(path);
  await lines.append('kept');
  expect(await readFile(join(path, 'x.jsonl'), 'utf8')).toBe('kept\n');
});

it('begins a new line behind one of which it is not known how much was written', async () => {
  const path = join(folder, 'in-the-way');
  await mkdir(path);
  const lines = createLineFile(path, { fresh: true });
  await expect(lines.append('lost')).rejects.toThrow(/EISDIR/);
  await rm(path, { recursive: true });
  await appendFile(path, 'lo');
  await lines.append('kept');
  expect(await readFile(path, 'utf8')).toBe('lo\nkept\n');
});
