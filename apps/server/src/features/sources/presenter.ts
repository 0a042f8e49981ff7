import type { Source, SourceObject } from '@windlass/contract';
import { sourceUrls, type ImageOrigin } from './image-url.ts';
import type { SourceRow } from './store.ts';

export const presentSource = (row: SourceRow, origin: ImageOrigin): Source => ({
  id: row.id,
  name: row.name,
  connectionId: row.connectionId,
  connectionName: row.connectionName,
  prefix: row.prefix,
  secured: row.secured,
  defaultParameters: row.defaultParameters,
  maxAgeSeconds: row.maxAgeSeconds,
  limits: row.limits,
  ...sourceUrls(origin, row.name),
  signingKeySetAt: row.signingKeysSetAt?.toISOString() ?? null,
  demo: row.demo,
  createdAt: row.createdAt.toISOString(),
  updatedAt: row.updatedAt.toISOString(),
});

/** By its name only: what an object really is shows when it is rendered. */
const imageName = /\.(?:jpe?g|jfif|png|webp|avif|gif|tiff?)$/i;

export const presentObject = (
  object: { key: string; size: number; lastModified: Date },
  prefix: string,
): SourceObject => ({
  path: object.key.slice(prefix.length),
  size: object.size,
  lastModified: object.lastModified.toISOString(),
  image: imageName.test(object.key),
});
