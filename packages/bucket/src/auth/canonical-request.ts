import { createHash } from 'node:crypto';
import { decodePercent, encodePath, encodePercent } from '../http/percent.ts';
import type { QueryParameters } from '../http/query-parameters.ts';
import type { RequestHeaders } from '../http/request-headers.ts';

export interface SignedParts {
  method: string;
  rawPath: string;
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
    canonicalPath(parts.rawPath),
    canonicalQuery(parts.query),
    headers.join(''),
    parts.signedHeaders.join(';'),
    parts.payload,
  ].join('\n');
}

const plainPath = /^[A-Za-z0-9\-._~/]*$/;

function canonicalPath(rawPath: string): string {
  return plainPath.test(rawPath) ? rawPath : encodePath(decodePercent(rawPath));
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
