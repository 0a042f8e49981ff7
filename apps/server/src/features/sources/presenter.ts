import type { Source, SourceObject } from '@windlass/contract';
import { sourceUrls, type ImageOrigin } from './image-url.ts';
import { overlapEnd } from './keys/keys-in-force.ts';
import type { SourceRow } from './store.ts';

/** @param now decides whether the pair of keys before the last rotation is still shown */
export const presentSource = (row: SourceRow, origin: ImageOrigin, now: Date): Source => ({
  id: row.id,
  name: row.name,
  kind: row.kind,
  connectionId: row.connectionId,
  connectionName: row.connection?.name ?? null,
  webBaseUrl: row.webBaseUrl,
  prefix: row.prefix,
  secured: row.secured,
  defaultParameters: row.defaultParameters,
  presets: row.presets,
  presetsOnly: row.presetsOnly,
  allowedSizes: row.allowedSizes,
  autoFormats: row.autoFormats,
  maxAgeSeconds: row.maxAgeSeconds,
  revalidateSeconds: row.revalidateSeconds,
  staleSeconds: row.staleSeconds,
  fallbackPath: row.fallbackPath,
  onError: row.onError,
  cacheConnectionId: row.cacheConnectionId,
  limits: row.limits,
  ...sourceUrls(origin, row.name),
  signingKeySetAt: row.signingKeysSetAt?.toISOString() ?? null,
  previousSigningKeyUntil: overlapEnd(row, now)?.toISOString() ?? null,
  demo: row.demo,
  createdAt: row.createdAt.toISOString(),
  updatedAt: row.updatedAt.toISOString(),
});

/** By its name only: what an object really is shows when it is rendered. */
const imageName = /\.(?:jpe?g|jfif|png|webp|avif|gif|tiff?|heic|heif|svg|pdf)$/i;

export const presentObject = (
  object: { key: string; size: number; lastModified: Date },
  prefix: string,
): SourceObject => ({
  path: object.key.slice(prefix.length),
  size: object.size,
  lastModified: object.lastModified.toISOString(),
  image: imageName.test(object.key),
});
