import { describe, expect, it, test } from 'vitest';
import { judgeLifecycle, lifecycleRuleFor } from './judge-lifecycle.ts';

const wanted = { prefix: 'lab/orders/', days: 30 };
const rule = (changes: object) => ({
  ID: 'r',
  Status: 'Enabled',
  Filter: { Prefix: 'lab/orders/' },
  Expiration: { Days: 30 },
  ...changes,
});

test.each([
  ['the very prefix', {}, 'covered'],
  ['a wider prefix', { Filter: { Prefix: 'lab/' } }, 'covered'],
  ['the whole bucket', { Filter: { Prefix: '' } }, 'covered'],
  ['an empty filter', { Filter: {} }, 'covered'],
  ['no filter at all', { Filter: undefined }, 'covered'],
  ['the older way to name a prefix', { Filter: undefined, Prefix: 'lab/' }, 'covered'],
  ['a prefix among other conditions', { Filter: { And: { Prefix: 'lab/orders/' } } }, 'covered'],
  ['fewer days', { Expiration: { Days: 7 } }, 'covered'],
  ['more days', { Expiration: { Days: 31 } }, 'late'],
  ['a rule that is off', { Status: 'Disabled' }, 'disabled'],
  ['a rule without a status', { Status: undefined }, 'disabled'],
  ['a narrower prefix', { Filter: { Prefix: 'lab/orders/26-' } }, 'partial'],
  ['a tag', { Filter: { Tag: { Key: 'a', Value: 'b' } } }, 'partial'],
  ['tags and a prefix', { Filter: { And: { Prefix: 'lab/', Tags: [{ Key: 'a' }] } } }, 'partial'],
  ['small objects only', { Filter: { ObjectSizeLessThan: 1000 } }, 'partial'],
  ['large objects only', { Filter: { And: { Prefix: '', ObjectSizeGreaterThan: 1 } } }, 'partial'],
  ['another prefix', { Filter: { Prefix: 'lab/pictures/' } }, 'missing'],
  ['a prefix that only begins alike', { Filter: { Prefix: 'lab/orders-old/' } }, 'missing'],
  ['a day of the calendar', { Expiration: { Date: '2030-01-01T00:00:00Z' } }, 'missing'],
  ['delete markers only', { Expiration: { ExpiredObjectDeleteMarker: true } }, 'missing'],
  ['uploads that were given up', { Expiration: undefined, AbortIncompleteMultipartUpload: {} }, 'missing'],
  ['something that is no rule of S3’s', { Expiration: 'soon' }, 'missing'],
])('%s: %s is %s', (_, changes, kind) => {
  expect(judgeLifecycle([rule(changes)], wanted).kind).toBe(kind);
});

describe('of several rules', () => {
  it('one that covers is enough, and the earliest counts', () => {
    const rules = [
      rule({ ID: 'off', Status: 'Disabled', Expiration: { Days: 1 } }),
      rule({ ID: 'month' }),
      rule({ ID: 'week', Filter: { Prefix: '' }, Expiration: { Days: 7 } }),
    ];
    expect(judgeLifecycle(rules, wanted)).toEqual({ kind: 'covered', rule: 'week', days: 7 });
  });

  it('the nearest to it is named where none does', () => {
    const rules = [
      rule({ ID: 'some', Filter: { Prefix: 'lab/orders/x' } }),
      rule({ ID: 'late', Expiration: { Days: 90 } }),
    ];
    expect(judgeLifecycle(rules, wanted)).toEqual({ kind: 'late', rule: 'late', days: 90 });
    expect(judgeLifecycle([], wanted)).toEqual({ kind: 'missing' });
  });
});

test('the rule that is offered covers what it is offered for', () => {
  const { Rules } = JSON.parse(lifecycleRuleFor(wanted)) as { Rules: unknown[] };
  expect(judgeLifecycle(Rules, wanted)).toEqual({
    kind: 'covered',
    rule: 'windlass-orders-30-days',
    days: 30,
  });
});
