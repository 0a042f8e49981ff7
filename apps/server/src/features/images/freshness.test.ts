import { describe, expect, it } from 'vitest';
import { freshness } from './freshness.ts';

const base = { purged: false, now: 1_000_000_000, revalidateSeconds: 60, staleSeconds: 600 };
const ago = (seconds: number): number => base.now - seconds * 1000;

describe('freshness', () => {
  it.each([
    [null, {}, 'unknown'],
    [ago(0), {}, 'fresh'],
    [ago(59), {}, 'fresh'],
    [ago(60), {}, 'stale'],
    [ago(659), {}, 'stale'],
    [ago(660), {}, 'expired'],
    [ago(0), { purged: true }, 'expired'],
    [ago(0), { revalidateSeconds: 0 }, 'stale'],
    [ago(0), { revalidateSeconds: 0, staleSeconds: 0 }, 'expired'],
    [ago(60), { staleSeconds: 0 }, 'expired'],
    // A clock that was set back.
    [ago(-10), {}, 'fresh'],
  ])('checked at %j, %j: %s', (checkedAt, more, expected) =>
    expect(freshness({ ...base, ...more, checkedAt })).toBe(expected),
  );
});
