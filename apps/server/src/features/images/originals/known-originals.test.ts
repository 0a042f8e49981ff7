import { appendFile, mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { jpegFacts } from '../../../../../../tests/support/originals-scene.ts';
import { createKnownOriginals } from './known-originals.ts';

const place = (digit: string): string => digit.repeat(32);
const facts = (etag: string | null) => ({ etag, lastModified: new Date(1000), size: 5 });
const now = 10_000;
let folder = '';
let path = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'known-'));
  path = join(folder, 'known.jsonl');
});
afterEach(() => rm(folder, { recursive: true }));

test('an answer that is older than what is known changes nothing', () => {
  const known = createKnownOriginals(10);
  known.remember(place('a'), facts('"new"'), 200);
  expect(known.remember(place('a'), facts('"old"'), 100).origin.etag).toBe('"new"');
  expect(known.get(place('a'))?.origin.etag).toBe('"new"');
});

test('what a render learned stays with its version', () => {
  const known = createKnownOriginals(10);
  known.learn(place('a'), jpegFacts);
  expect(known.get(place('a'))).toBeNull();
  known.remember(place('a'), facts('"1"'), 100);
  known.learn(place('a'), jpegFacts);
  expect(known.remember(place('a'), facts('"1"'), 200).facts).toEqual(jpegFacts);
  expect(known.remember(place('a'), facts('"2"'), 300).facts).toBeNull();
});

test('so many are known, and those that nobody asked for go first', () => {
  const known = createKnownOriginals(2);
  for (const digit of 'ab') known.remember(place(digit), facts(null), 1);
  known.get(place('a'));
  known.remember(place('c'), facts(null), 1);
  expect([...'abc'].map((digit) => known.get(place(digit)) !== null)).toEqual([true, false, true]);
});

test('what is saved is known again, in the same order of use, in a file of our own', async () => {
  const known = createKnownOriginals(1000);
  for (let index = 0; index < 1000; index += 1) {
    known.remember(index.toString(16).padStart(32, '0'), facts(`"${index}"`), index);
  }
  known.learn(place('0'), jpegFacts);
  await known.save(path);
  expect((await stat(path)).mode & 0o777).toBe(0o600);
  const again = createKnownOriginals(1001);
  await again.load(path, now);
  expect(again.get(place('0'))).toEqual({ origin: facts('"0"'), facts: jpegFacts, checkedAt: 0 });
  await again.save(path);
  const [oldest = '', ...others] = (await readFile(path, 'utf8')).trimEnd().split('\n');
  expect(others).toHaveLength(999);
  expect(oldest).toContain('"\\"1\\""');
});

test('loading takes the place of nothing that is known already, and trusts no time to come', async () => {
  const known = createKnownOriginals(10);
  for (const digit of 'ab') known.remember(place(digit), facts('"saved"'), now + 5000);
  await known.save(path);
  const again = createKnownOriginals(10);
  again.remember(place('a'), facts('"asked"'), now);
  await again.load(path, now);
  expect(again.get(place('a'))?.origin.etag).toBe('"asked"');
  expect(again.get(place('b'))).toMatchObject({ origin: { etag: '"saved"' }, checkedAt: now });
});

test('no file is nothing known, and lines that are none are left out', async () => {
  const known = createKnownOriginals(10);
  await known.load(path, now);
  known.remember(place('a'), facts('"a"'), 1);
  await known.save(path);
  const whole = await readFile(path, 'utf8');
  for (const line of ['', 'null', '{}', '{"place":"../a"}', whole.slice(0, -10).replaceAll('a', 'b')]) {
    await appendFile(path, `${line}\n`);
  }
  const again = createKnownOriginals(10);
  await again.load(path, now);
  expect(again.get(place('a'))).not.toBeNull();
  expect(again.get(place('b'))).toBeNull();
});

test('any text at all is loaded without a throw', async () => {
  await fc.assert(
    fc.asyncProperty(fc.oneof(fc.string(), fc.json()), async (text) => {
      await rm(path, { force: true });
      await appendFile(path, text);
      const known = createKnownOriginals(10);
      await known.load(path, now);
      expect(known.get(place('a'))).toBeNull();
    }),
    { numRuns: 50 },
  );
});
