import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createFileLedger } from './file-ledger.ts';

const start = (maxBytes: number, held: readonly string[] = []) => {
  const evicted: string[] = [];
  const ledger = createFileLedger<string>({
    maxBytes,
    mayEvict: (entry) => !held.includes(entry),
    onEvict: (entry) => void evicted.push(entry),
  });
  return { ledger, evicted };
};

test('evicts the one unused for longest', () => {
  const { ledger, evicted } = start(30);
  for (const id of 'abc') ledger.set(id, id, 10);
  ledger.get('a');
  ledger.peek('b');
  ledger.set('d', 'd', 10);
  ledger.set('e', 'e', 10);
  expect(evicted).toEqual(['b', 'c']);
  expect(ledger.evictions).toBe(2);
});

test('what was found on disk goes before what was used, however late it was found', () => {
  const { ledger, evicted } = start(40);
  ledger.set('new', 'new', 10);
  for (const id of ['old1', 'old2', 'old3']) ledger.setOld(id, id, 10);
  ledger.get('old1');
  ledger.set('newer', 'newer', 10);
  ledger.set('newest', 'newest', 10);
  ledger.set('last', 'last', 10);
  expect(evicted).toEqual(['old2', 'old3', 'new']);
});

test('what is held stays, also above the bound', () => {
  const { ledger, evicted } = start(20, ['a', 'b', 'c']);
  for (const id of 'abcd') ledger.set(id, id, 10);
  expect(evicted).toEqual(['d']);
  expect(ledger.bytes).toBe(30);
  ledger.trim(0);
  expect(ledger.size).toBe(3);
});

test('its bytes are always those of its lines, and within the bound', () => {
  const step = fc.record({
    kind: fc.constantFrom('set', 'setOld', 'get', 'delete'),
    id: fc.constantFrom(...'abcdefgh'),
    bytes: fc.nat(50),
  });
  fc.assert(
    fc.property(fc.array(step), (steps) => {
      const there = new Map<string, number>();
      const ledger = createFileLedger<string>({ maxBytes: 100, onEvict: (id) => void there.delete(id) });
      for (const { kind, id, bytes } of steps) {
        const got = kind === 'get' ? ledger.get(id) : ledger.peek(id);
        expect(got).toBe(there.has(id) ? id : undefined);
        if (kind === 'delete') {
          there.delete(id);
          ledger.delete(id);
        }
        if (kind === 'set' || kind === 'setOld') {
          there.set(id, bytes);
          ledger[kind](id, id, bytes);
        }
        expect(ledger.bytes).toBe([...there.values()].reduce((sum, each) => sum + each, 0));
        expect(ledger.bytes).toBeLessThanOrEqual(100);
        expect(ledger.size).toBe(there.size);
      }
    }),
  );
});
