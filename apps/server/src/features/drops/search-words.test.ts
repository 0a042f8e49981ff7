import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { searchQuery, searchWords } from './search-words.ts';

describe('the words that an order is found by', () => {
  it('are lower-case, without accents, and numbers also without their zeros', () => {
    expect(searchWords('26-00042', 'Zoë Müller', 'IMG_0042.jpg')).toEqual([
      '26',
      '00042',
      '42',
      'zoe',
      'muller',
      'img',
      '0042',
      'jpg',
    ]);
  });

  it('are all asked for, as beginnings', () => {
    expect(searchQuery("O'Brien & co")).toBe("'o':* & 'brien':* & 'co':*");
    expect(searchQuery(' --- ')).toBeNull();
  });

  it('hold nothing that a tsquery reads as more than a word, and no more than one can keep', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary', maxLength: 400 }), { maxLength: 20 }), (texts) => {
        for (const word of searchWords(...texts)) {
          expect(word).toMatch(/^[\p{L}\p{N}]+$/u);
          expect(Buffer.byteLength(word)).toBeLessThan(2046);
        }
      }),
    );
  });

  it('are as many as PostgreSQL keeps, by bytes and not by count', () => {
    const han = Array.from({ length: 1400 * 3 }, (_, at) => `${'力'.repeat(96)}${at}`);
    const bytes = Buffer.byteLength(searchWords(...han).join(''));
    expect(bytes).toBeLessThanOrEqual(512 * 1024);
    expect(bytes).toBeGreaterThan(500 * 1024);
    expect(searchWords(Array.from({ length: 30_000 }, (_, at) => `f${at}`).join(' '))).toHaveLength(30_000);
  });
});
