import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  keyLifeMilliseconds,
  planKeys,
  publishLeadMilliseconds,
  retireAfterMilliseconds,
  type KeyTimes,
} from './key-plan.ts';

const start = Date.UTC(2026, 0, 1);
const at = (milliseconds: number): Date => new Date(start + milliseconds);
const key = (kid: string, usableFrom: number): KeyTimes => ({ kid, usableFrom: at(usableFrom) });
const minute = 60_000;

describe('planKeys', () => {
  it('makes the first key at once, and lets it sign at once', () => {
    expect(planKeys([], at(0))).toEqual({
      signing: null,
      published: [],
      make: { usableFrom: at(0) },
      drop: [],
    });
    expect(planKeys([key('a', 0)], at(0))).toEqual({ signing: 'a', published: ['a'], make: null, drop: [] });
  });

  it('publishes the next key before it signs, and signs by the old one until then', () => {
    const due = keyLifeMilliseconds;
    expect(planKeys([key('a', 0)], at(due - 1)).make).toBeNull();
    expect(planKeys([key('a', 0)], at(due))).toMatchObject({
      signing: 'a',
      make: { usableFrom: at(due + publishLeadMilliseconds) },
    });
    const both = [key('a', 0), key('b', due + publishLeadMilliseconds)];
    expect(planKeys(both, at(due + minute))).toEqual({
      signing: 'a',
      published: ['a', 'b'],
      make: null,
      drop: [],
    });
  });

  it('keeps an old key published until its tokens have long expired, then drops it', () => {
    const both = [key('b', keyLifeMilliseconds), key('a', 0)];
    expect(planKeys(both, at(keyLifeMilliseconds + minute))).toMatchObject({
      signing: 'b',
      published: ['a', 'b'],
      drop: [],
    });
    const later = at(keyLifeMilliseconds + retireAfterMilliseconds);
    expect(planKeys(both, later)).toMatchObject({ signing: 'b', published: ['b'], drop: ['a'] });
  });

  it('never signs by a key that verifiers may not have yet, over years of asking at any times', () => {
    const days = fc.array(fc.integer({ min: 1, max: 120 * 24 * 60 }), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(days, (gaps) => {
        let keys: KeyTimes[] = [];
        const publishedAt = new Map<string, number>();
        let now = 0;
        for (const [index, gap] of gaps.entries()) {
          now += gap * minute;
          let plan = planKeys(keys, at(now));
          if (plan.make !== null) keys.push({ kid: `k${index}`, usableFrom: plan.make.usableFrom });
          keys = keys.filter(({ kid }) => !plan.drop.includes(kid));
          plan = planKeys(keys, at(now));
          expect(plan.make).toBeNull();
          expect(plan.drop).toEqual([]);
          expect(plan.published).toContain(plan.signing);
          for (const kid of plan.published) if (!publishedAt.has(kid)) publishedAt.set(kid, now);
          const since = now - (publishedAt.get(plan.signing ?? '') ?? now);
          const isFirst = plan.signing === 'k0';
          expect(isFirst || since >= publishLeadMilliseconds).toBe(true);
          expect(keys.length).toBeLessThanOrEqual(3);
        }
      }),
    );
  });
});
