import { createHash } from 'node:crypto';
import type { Plan } from '@windlass/images';
import { canonicalPlan } from '@windlass/images';

interface OriginFacts {
  etag: string | null;
  lastModified: Date | null;
}

/**
 * A strong ETag of a picture that need not exist yet: equal exactly when source settings, original, plan and encoder
 * are. So a 304 costs one HEAD at the bucket and no decode.
 */
export const pictureEtag = (
  sourceVersion: string,
  origin: OriginFacts,
  plan: Plan,
  encoder: string,
): string => {
  const original = origin.etag ?? origin.lastModified?.toISOString() ?? '';
  const parts = [sourceVersion, original, canonicalPlan(plan), encoder];
  return `"${createHash('sha256').update(JSON.stringify(parts)).digest('base64url').slice(0, 32)}"`;
};

/** RFC 9110 13.1.2: `*` or a list of tags, compared weakly. */
export const etagMatches = (ifNoneMatch: string, etag: string): boolean =>
  ifNoneMatch.trim() === '*' || ifNoneMatch.split(',').some((tag) => tag.trim().replace(/^W\//, '') === etag);
