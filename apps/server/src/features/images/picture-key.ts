import { createHash } from 'node:crypto';
import type { SourceId } from '@windlass/contract';
import type { OriginFacts } from '../sources/index.ts';

/** One original and the state of it that a picture is made of. */
export interface OriginalVersion {
  originId: string;
  key: string;
  /** Null while nobody has asked the origin yet. */
  version: OriginFacts | null;
}

/**
 * Everything that decides the bytes of a picture, and whose it is. Its tags are no part of it: they decide no bytes, and
 * anybody can make up more, so that each would cost a render. Purges judge them by what is kept beside the bytes.
 */
export interface PictureIdentity {
  /** Two sources may ask for the same bytes; a purge of one must find its own copy. */
  source: SourceId;
  base: OriginalVersion;
  /** In the order of their parameters, inner ones after outer ones. */
  overlays: readonly OriginalVersion[];
  /** `canonicalPlan`, which holds the plans of overlays as text. */
  plan: string;
  /** `encoderVersion()`. */
  encoder: string;
}

/** An origin without ETags still tells a changed object by its date and size. */
const versionText = (version: OriginFacts | null): string | null =>
  version === null
    ? null
    : (version.etag ?? `${version.lastModified?.toISOString() ?? ''} ${version.size ?? ''}`);

const original = ({ originId, key, version }: OriginalVersion): unknown => [
  originId,
  key,
  versionText(version),
];

/**
 * The name of a picture in every cache: 64 hexadecimal digits, equal exactly when all of its identity
 * is. A picture whose original changes gets another name, so no cache needs to be told.
 */
export const pictureKey = ({ source, base, overlays, plan, encoder }: PictureIdentity): string =>
  createHash('sha256')
    .update(JSON.stringify([source, original(base), overlays.map(original), plan, encoder]))
    .digest('hex');

/**
 * A strong ETag of a picture that need not exist yet (RFC 9110 8.8.3), so that a 304 costs no decode. The slower
 * encoding of the same picture has other bytes, and so another tag.
 */
export const pictureEtag = (key: string, effort: 'normal' | 'slow'): string =>
  `"${key.slice(0, 32)}${effort === 'slow' ? '-s' : ''}"`;
