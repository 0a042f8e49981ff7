import { describe, expect, it } from 'vitest';
import { purgesLastMilliseconds, toSourcePurges } from './purge-window.ts';

const now = Date.UTC(2026, 4, 4);
const ago = (milliseconds: number) => new Date(now - milliseconds);

describe('toSourcePurges', () => {
  it('takes everything made before the purges it knows of as purged', () => {
    expect(toSourcePurges([], now)).toEqual({
      all: now - purgesLastMilliseconds,
      paths: new Map(),
      prefixes: [],
      tags: new Map(),
    });
  });

  it('keeps the latest purge of each value', () => {
    const rows = [
      { scope: 'path', value: 'a', at: ago(30) },
      { scope: 'path', value: 'a', at: ago(10) },
      { scope: 'path', value: 'a', at: ago(20) },
      { scope: 'prefix', value: 'a', at: ago(40) },
      { scope: 'tag', value: 'a', at: ago(50) },
      { scope: 'tag', value: 'b', at: ago(60) },
    ] as const;
    expect(toSourcePurges(rows, now)).toMatchObject({
      paths: new Map([['a', now - 10]]),
      prefixes: [{ prefix: 'a', at: now - 40 }],
      tags: new Map([
        ['a', now - 50],
        ['b', now - 60],
      ]),
    });
  });

  it('drops what a later purge of everything covers', () => {
    const rows = [
      { scope: 'all', value: '', at: ago(80) },
      { scope: 'all', value: '', at: ago(30) },
      { scope: 'path', value: 'old', at: ago(40) },
      { scope: 'tag', value: 'same', at: ago(30) },
      { scope: 'path', value: 'new', at: ago(20) },
    ] as const;
    expect(toSourcePurges(rows, now)).toEqual({
      all: now - 30,
      paths: new Map([['new', now - 20]]),
      prefixes: [],
      tags: new Map(),
    });
  });
});
