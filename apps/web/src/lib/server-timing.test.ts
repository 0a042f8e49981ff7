import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parseServerTiming } from './server-timing.ts';

it('reads durations and descriptions', () => {
  expect(parseServerTiming('cache;desc=memory, queue;dur=1.5, render;dur=20;desc="webp, 600 px"')).toEqual([
    { name: 'cache', milliseconds: null, description: 'memory' },
    { name: 'queue', milliseconds: 1.5, description: null },
    { name: 'render', milliseconds: 20, description: 'webp, 600 px' },
  ]);
});

it('leaves out what it cannot read', () => {
  expect(parseServerTiming('')).toEqual([]);
  expect(parseServerTiming('a b;dur=1, ok;dur=x')).toEqual([
    { name: 'ok', milliseconds: null, description: null },
  ]);
});

it('gives back every description that was quoted', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme-ascii' }), (text) => {
      const quoted = `"${text.replaceAll(/["\\]/g, String.raw`\$&`)}"`;
      expect(parseServerTiming(`a;desc=${quoted}, b;dur=1`)).toEqual([
        { name: 'a', milliseconds: null, description: text },
        { name: 'b', milliseconds: 1, description: null },
      ]);
    }),
  );
});
