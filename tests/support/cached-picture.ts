import { createHash } from 'node:crypto';
import type {
  CachedPicture,
  PictureFacts,
} from '../../apps/server/src/features/images/cache/picture-tier.ts';
import { newId } from '../../apps/server/src/kernel/new-id.ts';

const sourceId = newId('src');

/** A picture as a render leaves it; its bytes follow from `seed` and are not the same for another one. */
export const cachedPicture = (
  seed: string,
  size = 1000,
  facts: Partial<PictureFacts> = {},
): CachedPicture => ({
  facts: {
    etag: `"${createHash('sha256').update(seed).digest('base64url').slice(0, 32)}"`,
    contentType: 'image/webp',
    format: 'webp',
    width: 800,
    height: 600,
    lastModified: 'Fri, 27 Nov 2026 10:00:00 GMT',
    sourceId,
    path: 'photos/a b.jpg',
    tags: ['summer'],
    madeAt: 1_795_000_000_000,
    effort: 'normal',
    ...facts,
  },
  bytes: new Uint8Array(Buffer.alloc(size, createHash('sha256').update(seed).digest())),
});
