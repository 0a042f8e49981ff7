import { shownAs } from '../../downloads/index.ts';
import { buildImageTarget, type SourceSigningKeys } from '../../sources/index.ts';
import type { OrderFileRow } from '../ports.ts';
import { pictureSettings } from './picture-settings.ts';

/** Where a file is seen without its original; null where no picture can be made of it. */
export interface PictureLinks {
  thumbnailUrl: string | null;
  previewUrl: string | null;
}

export const noPicture: PictureLinks = { thumbnailUrl: null, previewUrl: null };

/** What the image server reads, by the types that files come with. */
const readTypes: ReadonlySet<string> = new Set([
  'application/pdf',
  'image/avif',
  'image/gif',
  'image/heic',
  'image/heif',
  'image/jpeg',
  'image/png',
  'image/svg+xml',
  'image/tiff',
  'image/webp',
]);

const isRead = ({ key, type }: Pick<OrderFileRow, 'key' | 'type'>): boolean =>
  readTypes.has(type) || readTypes.has(shownAs(key, type) ?? '');

/** A tile of 200 CSS pixels on a display of twice as many. */
const thumbnail = { width: '400', height: '400', mode: 'crop', format: 'auto' };
/** As large as a window shows it. */
const preview = { width: '1600', height: '1600', mode: 'clip', format: 'auto' };

const turnSeconds = 2 * 60 * 60;

/**
 * When a URL that is made now ends, in UNIX seconds: the same for two hours on end, so that a browser has the picture still
 * when the page is opened again, and two to four hours away.
 *
 * @example pictureExpiry(new Date('2026-05-04T10:59:00Z')) // 2026-05-04T14:00:00Z
 */
export const pictureExpiry = (now: Date): number =>
  (Math.floor(now.getTime() / 1000 / turnSeconds) + 2) * turnSeconds;

/** @param baseUrl of the order on the image server */
export const pictureLinks =
  (baseUrl: string, keys: SourceSigningKeys, now: Date) =>
  (file: Pick<OrderFileRow, 'key' | 'type' | 'deletedAt'>): PictureLinks => {
    if (file.deletedAt !== null || !isRead(file)) return noPicture;
    const expires = String(pictureExpiry(now));
    const link = (parameters: Record<string, string>): string =>
      baseUrl +
      buildImageTarget({ path: file.key, parameters: { ...parameters, expires } }, pictureSettings, keys);
    return { thumbnailUrl: link(thumbnail), previewUrl: link(preview) };
  };
