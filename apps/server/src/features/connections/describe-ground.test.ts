import { describe, expect, it } from 'vitest';
import { describeClock, signingOffset } from './describe-ground.ts';

const minute = 60_000;
const at = (clockAheadMilliseconds: number | null) => ({
  found: { clockAheadMilliseconds, server: null },
  durationMilliseconds: 3,
});

describe('the clock', () => {
  it.each([
    [null, false, 'The endpoint answers.', 0],
    [30_000, false, 'The endpoint answers.', 0],
    [5 * minute, false, '5 minutes behind', 5 * minute],
    [-1.4 * minute, false, '1 minute ahead', -1.4 * minute],
    [15 * minute, true, '15 minutes behind', 15 * minute],
    [-3 * 60 * minute, true, '180 minutes ahead', -3 * 60 * minute],
  ])('%s ms off is broken: %s, and made up for', (ahead, broken, words, offset) => {
    const finding = describeClock(at(ahead));
    expect(finding).toMatchObject({ can: 'yes', broken });
    expect(finding.cause).toContain(words);
    expect(signingOffset(at(ahead).found)).toBe(offset);
  });
});
