import { S3Error } from '../s3-error.ts';
import type { ObjectRecord } from '../store.ts';
import { bareEtag } from './write-condition.ts';

export interface ReadConditions {
  ifMatch: string | undefined;
  ifNoneMatch: string | undefined;
  ifModifiedSince: string | undefined;
  ifUnmodifiedSince: string | undefined;
}

type Version = Pick<ObjectRecord, 'etag' | 'lastModified'>;

/**
 * The conditions of a read in the order of RFC 9110 13.2.2. Answers whether the reader already has this version;
 * throws PreconditionFailed.
 */
export function isNotModified(conditions: ReadConditions, record: Version): boolean {
  if (conditions.ifMatch !== undefined) {
    if (!etagListed(conditions.ifMatch, record.etag)) throw failed('If-Match');
  } else if (conditions.ifUnmodifiedSince !== undefined) {
    const since = parseHttpDate(conditions.ifUnmodifiedSince);
    if (since !== undefined && wholeSeconds(record.lastModified) > since) throw failed('If-Unmodified-Since');
  }
  if (conditions.ifNoneMatch !== undefined) return etagListed(conditions.ifNoneMatch, record.etag);
  const since =
    conditions.ifModifiedSince === undefined ? undefined : parseHttpDate(conditions.ifModifiedSince);
  return since !== undefined && wholeSeconds(record.lastModified) <= since;
}

/** RFC 9110 13.1.5: a range is served only while the version is the one the reader began with. */
export function rangeStillApplies(ifRange: string | undefined, record: Version): boolean {
  if (ifRange === undefined) return true;
  if (/^(W\/)?"/.test(ifRange)) return ifRange === `"${record.etag}"`;
  const date = parseHttpDate(ifRange);
  return date !== undefined && wholeSeconds(record.lastModified) === date;
}

const failed = (condition: string): S3Error =>
  new S3Error('PreconditionFailed', undefined, { Condition: condition });

function etagListed(list: string, etag: string): boolean {
  return list.split(',').some((each) => {
    const given = bareEtag(each.trim().replace(/^W\//, ''));
    return given === '*' || given === etag;
  });
}

/** Milliseconds; undefined for what is no date: such a condition is ignored (RFC 9110 13.1.3). */
export function parseHttpDate(text: string): number | undefined {
  const time = Date.parse(text);
  return Number.isNaN(time) ? undefined : Math.floor(time / 1000) * 1000;
}

/** HTTP dates have no fractions. */
function wholeSeconds(time: Date): number {
  return Math.floor(time.getTime() / 1000) * 1000;
}
