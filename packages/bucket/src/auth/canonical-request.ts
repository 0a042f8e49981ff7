import { createHash } from 'node:crypto';
import { decodePercent, encodePath, encodePercent } from '../http/percent.ts';
import type { QueryParameters } from '../http/query-parameters.ts';
import type { RequestHeaders } from '../http/request-headers.ts';

export interface SignedParts {
  method: string;
  /** One of `canonicalPaths`. */
  path: string;
  query: QueryParameters;
  headers: RequestHeaders;
  /** Lower case, in order. */
  signedHeaders: readonly string[];
  /** The last line: a hash in hex or one of S3's constants. */
  payload: string;
}

/**
 * The canonical request (AWS: Create a signed request, step 1). S3 encodes the path once and never normalises it; the
 * signature itself is left out of the query.
 */
export function canonicalRequest(parts: SignedParts): string {
  const headers = parts.signedHeaders.map((name) => {
    const value = parts.headers
      .all(name)
      .map((each) => each.trim().replaceAll(/[ \t]+/g, ' '))
      .join(',');
    return `${name}:${value}\n`;
  });
  return [
    parts.method,
    parts.path,
    canonicalQuery(parts.query),
    headers.join(''),
    parts.signedHeaders.join(';'),
    parts.payload,
  ].join('\n');
}

const plainPath = /^[A-Za-z0-9\-._~/]*$/;

/**
 * The forms in which a path may have been signed. AWS encodes the decoded path once; some signers take the path as it is on
 * the wire, which differs where a client writes `%2F` or `(`. Both stand for the very bytes that were sent.
 */
export function canonicalPaths(rawPath: string): string[] {
  if (plainPath.test(rawPath)) return [rawPath];
  const encoded = encodePath(decodePercent(rawPath));
  return encoded === rawPath ? [encoded] : [encoded, rawPath];
}

function canonicalQuery(query: QueryParameters): string {
  return query.pairs
    .filter(([name]) => name !== 'X-Amz-Signature')
    .map(([name, value]) => [encodePercent(name), encodePercent(value)] as const)
    .toSorted(([name, value], [otherName, otherValue]) =>
      name === otherName ? compare(value, otherValue) : compare(name, otherName),
    )
    .map(([name, value]) => `${name}=${value}`)
    .join('&');
}

function compare(left: string, right: string): number {
  if (left === right) return 0;
  return left < right ? -1 : 1;
}

/** Step 2. Header values are one character per byte, so the request is hashed as latin1. */
export function stringToSign(amzDate: string, scope: string, request: string): string {
  const digest = createHash('sha256').update(request, 'latin1').digest('hex');
  return `AWS4-HMAC-SHA256\n${amzDate}\n${scope}\n${digest}`;
}
