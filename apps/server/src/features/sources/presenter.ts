import type { Source, SourceObject } from '@windlass/contract';
import { sourceUrls, type ImageOrigin } from './image-url.ts';
import { overlapEnd } from './keys/keys-in-force.ts';
import { settingsOf } from './settings.ts';
import type { SourceRow } from './store.ts';

/** @param now decides whether the pair of keys before the last rotation is still shown */
export const presentSource = (row: SourceRow, origin: ImageOrigin, now: Date): Source => ({
  id: row.id,
  ...settingsOf(row),
  connectionName: row.connection?.name ?? null,
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
