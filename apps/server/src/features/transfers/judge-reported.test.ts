import { expect, test } from 'vitest';
import { AppError } from '../../kernel/app-error.ts';
import { judgeReported, type Verdict } from './judge-reported.ts';
import type { Sight } from './look-up.ts';

const createdAt = new Date('2026-11-27T10:00:00Z');
const row = { size: '5', etag: 'aa', createdAt };
const later = new Date('2026-11-27T10:01:00Z');
const earlier = new Date('2026-11-27T09:00:00Z');
const there = { kind: 'there', size: 5, etag: 'aa', storedAt: later } as const;
const error = new AppError('originFailed', 'The credentials may not do this.');

const cases: [what: string, sight: Sight, verdict: Verdict][] = [
  ['as it was reported', there, 'seen'],
  [
    'of another ETag, stored after the ticket: the sender lied about the ETag alone',
    { ...there, etag: 'bb' },
    'seen',
  ],
  ['of which the bucket does not say when it came', { ...there, storedAt: null }, 'seen'],
  ['that is not there', { kind: 'absent' }, 'missing'],
  ['of another size', { ...there, size: 6 }, 'missing'],
  ['of another ETag that was there before', { ...there, etag: 'bb', storedAt: earlier }, 'missing'],
  ['of no ETag that was there before', { ...there, etag: null, storedAt: earlier }, 'missing'],
  ['just as reported, but older than its ticket', { ...there, storedAt: earlier }, 'open'],
  ['that nobody may look at', { kind: 'unknown', denied: true, error }, 'open'],
];

test.each(cases)('an object %s', (_what, sight, verdict) => {
  expect(judgeReported(row, sight)).toBe(verdict);
});
