import { uploadLimits } from '@windlass/contract';
import { s3PartLimits } from '@windlass/transfer';
import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { describeNumbers } from './describe-numbers.ts';
import { expectedEtag } from './expected-etag.ts';
import { objectionToCount, objectionToFile } from './judge-file.ts';
import { planTickets } from './plan-tickets.ts';
import { statesBefore, transferMoves, underWay } from './transfer-states.ts';
import { secondsOfPut, uploadExpiry } from './url-times.ts';

const MiB = 1024 * 1024;

describe('limits', () => {
  const limits = uploadLimits.parse({
    maxFiles: 2,
    maxFileBytes: 10,
    maxTotalBytes: 15,
    types: ['image/*', 'video/mp4'],
  });
  test.each([
    [{ size: 10, type: 'image/jpeg' }, null],
    [{ size: 0, type: 'video/mp4' }, null],
    [{ size: 11, type: 'image/jpeg' }, 'fileTooLarge'],
    [{ size: 1, type: 'video/quicktime' }, 'fileTypeRefused'],
    [{ size: 1, type: 'imagex/jpeg' }, 'fileTypeRefused'],
  ])('of one file: %j', (file, code) => {
    expect(objectionToFile(file, limits)?.code ?? null).toBe(code);
  });
  test.each([
    [{ files: 1, bytes: 10 }, 5, null],
    [{ files: 1, bytes: 10 }, 6, 'quotaExceeded'],
    [{ files: 2, bytes: 0 }, 0, 'quotaExceeded'],
  ])('of all together: %j and %i more', (count, size, code) => {
    expect(objectionToCount(count, size, limits)?.code ?? null).toBe(code);
  });
});

/** As the sender cuts it. */
const planned = (size: number, partSize: number | null | undefined) => {
  const file = { name: 'a', size, type: 'image/jpeg', partSize };
  const place = { name: 'c', bucket: 'b', provider: 'aws', prefix: '' } as const;
  const grant = { prefix: '', limits: uploadLimits.parse({}), holder: { kind: 'team' } } as const;
  return planTickets([file], grant, { place, limits: s3PartLimits }).wishes[0]?.plan ?? null;
};

test('a sender may cut by a rule of its own, within what the bucket takes', () => {
  expect(planned(20 * MiB, undefined)).toEqual({ kind: 'multipart', partSize: 8 * MiB, partCount: 3 });
  expect(planned(20 * MiB, null)).toEqual({ kind: 'single', partSize: 20 * MiB, partCount: 1 });
  expect(planned(20 * MiB, 5 * MiB)).toEqual({ kind: 'multipart', partSize: 5 * MiB, partCount: 4 });
  expect(planned(4 * MiB, 5 * MiB)).toEqual({ kind: 'multipart', partSize: 5 * MiB, partCount: 1 });
  expect(planned(20 * MiB, 4 * MiB)).toBeNull();
  expect(planned(60_000 * MiB, 5 * MiB)).toBeNull();
});

test('states: nothing leaves an end, and all that is under way can be received', () => {
  for (const end of ['aborted', 'expired', 'missing'] as const) expect(transferMoves[end]).toEqual({});
  expect(underWay).toEqual(['open', 'completing']);
  expect(statesBefore('receive')).toEqual(underWay);
  expect(statesBefore('reopen')).toEqual(['completing']);
  expect(statesBefore('expire')).toEqual(['open']);
  // A receipt may be taken back, and nothing else can become of what was received.
  expect(transferMoves.received).toEqual({ miss: 'missing' });
});

const md5 = (text: string) => createHash('md5').update(text).digest();

test('the ETag of parts is the MD5 of their MD5s, and unknown where they are none', () => {
  const whole = createHash('md5').update(md5('a')).update(md5('b')).digest('hex');
  const parts = ['a', 'b'].map((text) => ({ etag: md5(text).toString('hex') }));
  expect(expectedEtag(parts)).toBe(`${whole}-2`);
  expect(expectedEtag([...parts, { etag: 'opaque' }])).toBeNull();
});

test.each([
  [[3], '3'],
  [[1, 2, 3], '1–3'],
  [[2, 5, 6, 7, 9], '2, 5–7, 9'],
  [
    Array.from({ length: 25 }, (_, at) => at * 2),
    '0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30, 32, 34, 36, 38 and 5 more',
  ],
])('the numbers %j read %s', (numbers, text) => {
  expect(describeNumbers(numbers)).toBe(text);
});

test('a URL ends with its upload, and an upload with its grant or after six days', () => {
  const now = new Date('2026-11-27T12:00:00Z');
  const later = (minutes: number) => new Date(now.getTime() + minutes * 60_000);
  expect(secondsOfPut(later(60), now)).toBe(900);
  expect(secondsOfPut(later(5), now)).toBe(300);
  expect(secondsOfPut(now, now)).toBe(1);
  expect(uploadExpiry(later(30), now)).toEqual(later(30));
  expect(uploadExpiry(later(60 * 24 * 30), now)).toEqual(later(60 * 24 * 6));
});
