import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createTemporaryStore, type TemporaryStore } from './temporary-store.ts';

/** What the store has to be like: a map. */
type Model = Map<string, Buffer>;
type Command = fc.AsyncCommand<Model, TemporaryStore>;

const oddKeys = [
  '/',
  '//',
  'a//b',
  '../../etc/passwd',
  '..',
  '.',
  'a/../b',
  'a+b c%20d%2F',
  'trailing...',
  ' space ',
  'back\\slash',
  'nul\u0000inside',
  'line\nbreak',
  'A',
  'a',
  'é',
  'e\u0301',
  '\uffff',
  '\u{1f600}/\u{1f468}\u200d\u{1f469}',
  `${'s'.repeat(1000)}/x`,
  'b'.repeat(1024),
  '\u{1f600}'.repeat(256),
  '__proto__',
  'CON',
] as const;

const key = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...oddKeys) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', minLength: 1, maxLength: 20 }) },
);
// Both sides of the border between a record and a blob.
const body = fc
  .tuple(fc.constantFrom(0, 1, 5000, 65_536, 65_537, 200_000), fc.nat(255))
  .map(([size, byte]) => Buffer.alloc(size, byte));

const byBytes = (a: string, b: string): number => Buffer.compare(Buffer.from(a), Buffer.from(b));

const command = (name: string, run: (model: Model, real: TemporaryStore) => Promise<void>): Command => ({
  check: () => true,
  run,
  toString: () => name,
});

const put = (name: string, bytes: Buffer): Command =>
  command(`put ${JSON.stringify(name)} ${bytes.length}`, async (model, real) => {
    const record = await real.put(name, bytes);
    expect(record.etag).toBe(createHash('md5').update(bytes).digest('hex'));
    model.set(name, bytes);
  });

const get = (name: string): Command =>
  command(`get ${JSON.stringify(name)}`, async (model, real) => {
    const [found, expected] = [await real.get(name), model.get(name)];
    expect(found === undefined).toBe(expected === undefined);
    expect(found?.equals(expected ?? Buffer.alloc(0)) ?? true).toBe(true);
    expect((await real.store.headObject('b', name))?.size).toBe(expected?.length);
  });

const remove = (name: string): Command =>
  command(`delete ${JSON.stringify(name)}`, async (model, real) => {
    expect(await real.store.deleteObject('b', name)).toBe(model.delete(name));
  });

const copy = (from: string, to: string): Command =>
  command(`copy ${JSON.stringify(from)} ${JSON.stringify(to)}`, async (model, real) => {
    const source = await real.store.openObject('b', from);
    expect(source === undefined).toBe(!model.has(from));
    if (source === undefined) return;
    await real.put(to, source.read());
    await source.close();
    model.set(to, model.get(from) ?? Buffer.alloc(0));
  });

const list = (prefix: string): Command =>
  command(`list ${JSON.stringify(prefix)}`, async (model, real) => {
    const expected = [...model.keys()].filter((name) => name.startsWith(prefix)).toSorted(byBytes);
    expect(await real.keys(prefix)).toEqual(expected);
  });

const reopen = (): Command => command('reopen', (_model, real) => real.reopen());

test('behaves as a map from keys to bytes, whatever the keys and across restarts', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.commands(
        [
          fc.tuple(key, body).map(([name, bytes]) => put(name, bytes)),
          key.map(get),
          key.map(remove),
          fc.tuple(key, key).map(([from, to]) => copy(from, to)),
          fc.constantFrom('', '/', 'a', 'a/', '..', '\u{1f600}').map(list),
          fc.constant(reopen()),
        ],
        { maxCommands: 40 },
      ),
      async (commands) => {
        await using real = await createTemporaryStore();
        const model: Model = new Map();
        await fc.asyncModelRun(() => ({ model, real }), commands);
        await real.reopen();
        expect(await real.keys()).toEqual([...model.keys()].toSorted(byBytes));
        const large = [...model.values()].filter((bytes) => bytes.length > 65_536);
        expect(await real.filesIn('blobs')).toHaveLength(large.length);
        expect(await real.filesIn('objects')).toHaveLength(model.size);
        expect(real.warnings).toEqual([]);
      },
    ),
    { numRuns: 40 },
  );
});

test('every odd key keeps its own bytes beside all others', async () => {
  await using real = await createTemporaryStore();
  await Promise.all(oddKeys.map((name) => real.put(name, `bytes of ${name}`)));
  await real.reopen();
  for (const name of oddKeys) expect((await real.get(name))?.toString()).toBe(`bytes of ${name}`);
  expect(await real.keys()).toEqual([...oddKeys].toSorted(byBytes));
});
