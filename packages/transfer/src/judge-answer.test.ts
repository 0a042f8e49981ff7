import fc from 'fast-check';
import { expect, test } from 'vitest';
import { judgeOutcome, sendVerdicts, type SendVerdict } from './judge-answer.ts';

const answered = (status: number, code = '', message = '') => ({
  kind: 'answer' as const,
  answer: {
    status,
    etag: null,
    retryAfterMs: null,
    bodyText: `<?xml version="1.0"?>\n<Error><Code>${code}</Code><Message>${message}</Message></Error>`,
  },
});

test.each<[string, ReturnType<typeof answered>, SendVerdict]>([
  ['200', answered(200), 'accept'],
  ['204', answered(204), 'accept'],
  [
    'a URL that has run out, as AWS and Ceph say it',
    answered(403, 'AccessDenied', 'Request has expired'),
    'sign',
  ],
  ['a session that has run out', answered(400, 'ExpiredToken', 'The provided token has expired.'), 'sign'],
  ['no right', answered(403, 'AccessDenied', 'Access Denied'), 'refuse'],
  ['a wrong signature', answered(403, 'SignatureDoesNotMatch'), 'refuse'],
  ['a socket that was too slow', answered(400, 'RequestTimeout'), 'retry'],
  ['bytes that were damaged', answered(400, 'BadDigest'), 'retry'],
  ['a request that is wrong', answered(400, 'InvalidRequest'), 'refuse'],
  ['an upload that was aborted', answered(404, 'NoSuchUpload'), 'gone'],
  ['a bucket that is not there', answered(404, 'NoSuchBucket'), 'refuse'],
  ['a race', answered(409, 'ConditionalRequestConflict'), 'retry'],
  ['a name that is taken', answered(412, 'PreconditionFailed'), 'exists'],
  ['too much', answered(429), 'retry'],
  ['slow down', answered(503, 'SlowDown'), 'retry'],
  ['what it has not', answered(501, 'NotImplemented'), 'refuse'],
])('%s', (_, outcome, verdict) => {
  expect(judgeOutcome(outcome, false)).toBe(verdict);
});

test('a refusal of a request whose time is over means that', () => {
  expect(judgeOutcome(answered(403, 'AccessDenied', 'Access Denied'), true)).toBe('sign');
});

test('whatever a bucket answers, only 2xx is taken for stored', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 100, max: 599 }),
      fc.string(),
      fc.boolean(),
      (status, bodyText, pastExpiry) => {
        const answer = { status, etag: null, retryAfterMs: null, bodyText };
        const verdict = judgeOutcome({ kind: 'answer', answer }, pastExpiry);
        expect(sendVerdicts).toContain(verdict);
        expect(verdict === 'accept').toBe(status >= 200 && status < 300);
      },
    ),
  );
});
