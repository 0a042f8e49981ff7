import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ListInput, ListResult } from '../store.ts';
import { createKeyIndex, type IndexEntry } from './key-index.ts';

const entry: IndexEntry = {
  version: 'v',
  size: 1,
  etag: 'e',
  lastModified: 0,
  ownerId: 'o',
  checksumType: 'FULL_OBJECT',
  checksumAlgorithms: [],
  blobs: [],
};

const indexOf = (keys: Iterable<string>) => {
  const index = createKeyIndex();
  for (const key of keys) index.set(key, entry);
  return index;
};

/** S3's definition, by a walk over everything. */
const listSimply = (keys: readonly string[], input: ListInput) => {
  const after = (text: string): boolean =>
    Buffer.compare(Buffer.from(text), Buffer.from(input.startAfter)) > 0;
  const names = new Set<string>();
  for (const key of keys.toSorted((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)))) {
    if (!key.startsWith(input.prefix)) continue;
    const cut = input.delimiter === '' ? -1 : key.indexOf(input.delimiter, input.prefix.length);
    const name = cut < 0 ? key : key.slice(0, cut + input.delimiter.length);
    if (input.startAfter === '' || after(name)) names.add(name);
  }
  const all = [...names];
  const given = all.slice(0, input.maxKeys);
  const truncated = input.maxKeys > 0 && all.length > given.length;
  return { given, truncated, next: truncated ? given.at(-1) : undefined };
};

const namesOf = ({ objects, commonPrefixes }: ListResult): string[] =>
  [...objects.map(({ key }) => key), ...commonPrefixes].toSorted((a, b) =>
    Buffer.compare(Buffer.from(a), Buffer.from(b)),
  );

const key = fc.string({
  unit: fc.constantFrom('a', 'b', '/', '\uffff', '\u{1f600}', '\u{10ffff}'),
  minLength: 1,
  maxLength: 6,
});

test('lists what a walk over all keys would list', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(key, { maxLength: 40 }),
      fc.record({
        prefix: fc.oneof(fc.constant(''), key),
        delimiter: fc.constantFrom('', '/', 'b', 'a/', '\u{10ffff}'),
        startAfter: fc.oneof(fc.constant(''), key),
        maxKeys: fc.integer({ min: 0, max: 8 }),
      }),
      (keys, input) => {
        const expected = listSimply(keys, input);
        const found = indexOf(keys).list(input);
        expect(namesOf(found)).toEqual(expected.given);
        expect(found.truncated).toBe(expected.truncated);
        expect(found.next).toBe(expected.next);
      },
    ),
    { numRuns: 3000 },
  );
});

test('pages give every name once', () => {
  fc.assert(
    fc.property(fc.uniqueArray(key, { maxLength: 40 }), fc.integer({ min: 1, max: 5 }), (keys, maxKeys) => {
      const index = indexOf(keys);
      const input = { prefix: '', delimiter: '/', startAfter: '', maxKeys };
      const paged: string[] = [];
      for (let next: string | undefined = ''; next !== undefined;) {
        const page: ListResult = index.list({ ...input, startAfter: next });
        paged.push(...namesOf(page));
        next = page.next;
      }
      expect(paged).toEqual(listSimply(keys, { ...input, maxKeys: 1000 }).given);
    }),
  );
});

const timed = (work: () => void): number => {
  const start = performance.now();
  work();
  return performance.now() - start;
};

const best = (work: () => void): number => Math.min(...Array.from({ length: 5 }, () => timed(work)));

test('seeks over a common prefix instead of walking through its keys', () => {
  const count = 200_000;
  const index = indexOf(Array.from({ length: count }, (_, n) => `deep/${n}`));
  index.set('z', entry);
  const walk = best(() => {
    for (const [name] of index.entries()) if (name === '') throw new Error('no such key');
  });
  const list = best(() => {
    const found = index.list({ prefix: '', delimiter: '/', startAfter: '', maxKeys: 1000 });
    expect(namesOf(found)).toEqual(['deep/', 'z']);
  });
  expect(list).toBeLessThan(walk / 5);
});
