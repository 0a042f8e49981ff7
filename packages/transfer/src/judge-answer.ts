import type { SendAnswer } from './send-part.ts';

/** What came of sending a body. */
export type SendOutcome =
  | { kind: 'answer'; answer: SendAnswer }
  /** No answer that could be read: the line, the name, or a missing CORS rule. */
  | { kind: 'network'; cause: unknown }
  /** Nothing moved for too long. */
  | { kind: 'stalled' };

/**
 * `accept`: it is in the bucket. `sign`: the URL has run out, another will do. `retry`: later, the same again. `exists`:
 * there is an object of this name. `gone`: the bucket knows no such upload any more. `refuse`: again would be refused again.
 */
export const sendVerdicts = ['accept', 'sign', 'retry', 'exists', 'gone', 'refuse'] as const;
export type SendVerdict = (typeof sendVerdicts)[number];

interface Row {
  statuses: readonly [from: number, to: number];
  /** Of the error in the body; any where it is missing. */
  codes?: readonly string[];
  verdict: SendVerdict;
}

const one = (status: number): readonly [number, number] => [status, status];

/**
 * The first row that fits decides. Codes: docs.aws.amazon.com, AmazonS3/latest/API/ErrorResponses.html; that a PUT with
 * If-None-Match is to be repeated on 409: AmazonS3/latest/userguide/conditional-writes.html.
 */
const rows: readonly Row[] = [
  { statuses: [200, 299], verdict: 'accept' },
  {
    statuses: [400, 403],
    codes: ['ExpiredToken', 'TokenRefreshRequired', 'ExpiredRequest'],
    verdict: 'sign',
  },
  {
    statuses: one(400),
    codes: [
      'RequestTimeout',
      'IncompleteBody',
      'BadDigest',
      'XAmzContentSHA256Mismatch',
      'XAmzContentChecksumMismatch',
    ],
    verdict: 'retry',
  },
  { statuses: one(404), codes: ['NoSuchUpload'], verdict: 'gone' },
  { statuses: one(408), verdict: 'retry' },
  { statuses: one(409), verdict: 'retry' },
  { statuses: one(412), verdict: 'exists' },
  { statuses: one(425), verdict: 'retry' },
  { statuses: one(429), verdict: 'retry' },
  { statuses: one(501), verdict: 'refuse' },
  { statuses: [500, 599], verdict: 'retry' },
];

const textOf = (xml: string, tag: string): string | null =>
  new RegExp(`<${tag}>([^<]{1,1000})</${tag}>`).exec(xml)?.[1] ?? null;

/** Code and message of an error of S3, where its body is one. */
export const errorInBody = (xml: string): { code: string | null; message: string | null } => ({
  code: textOf(xml, 'Code'),
  message: textOf(xml, 'Message'),
});

/**
 * What to do next, from the outcome alone.
 *
 * @param pastExpiry whether the request's own time is over: a bucket that says no more than AccessDenied means that
 */
export const judgeOutcome = (outcome: SendOutcome, pastExpiry: boolean): SendVerdict => {
  if (outcome.kind !== 'answer') return 'retry';
  const { status, bodyText } = outcome.answer;
  const { code, message } = errorInBody(bodyText);
  if (status === 403 && (pastExpiry || /\bexpired\b/i.test(message ?? ''))) return 'sign';
  const row = rows.find(
    ({ statuses: [from, to], codes }) =>
      status >= from && status <= to && (codes === undefined || (code !== null && codes.includes(code))),
  );
  return row?.verdict ?? 'refuse';
};
