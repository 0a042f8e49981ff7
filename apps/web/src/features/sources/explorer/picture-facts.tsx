import { Text, Tooltip } from '@mantine/core';
import { formatBytes } from '../../../lib/format.ts';
import type { LoadedPicture } from '../../../lib/load-picture.ts';
import type { Dimensions, Original } from './use-original.ts';

interface PictureFactsProps {
  loaded: LoadedPicture | null;
  /** Pixels of the picture; null for text about one. */
  size: Dimensions | null;
  original: Original;
  busy: boolean;
}

/** Whole milliseconds; tenths below ten. */
const duration = (milliseconds: number): string =>
  `${milliseconds < 10 ? Math.round(milliseconds * 10) / 10 : Math.round(milliseconds)} ms`;

/** `92 % less than the original’s 1.2 MB`, or more. */
export const savedWords = (bytes: number, original: number): string => {
  const percent = Math.round(((bytes - original) / original) * 100);
  const words = percent > 0 ? `${percent} % more` : `${-percent} % less`;
  return `${words} than the original’s ${formatBytes(original)}`;
};

const cacheWords = ({ cache, fromBrowser }: LoadedPicture): string => {
  if (fromBrowser) return 'from this browser’s cache';
  if (cache === null) return '';
  if (!cache.hit) return 'cache: miss';
  return `cache: hit${cache.detail === null ? '' : `, ${cache.detail}`}${cache.stale ? ', stale' : ''}`;
};

/** What the answer was: pixels, bytes, format, time and where the time went. */
export const PictureFacts = ({ loaded, size, original, busy }: PictureFactsProps) => {
  // What took no time worth telling would only push the rest away.
  const split = (loaded?.timing ?? []).filter(({ milliseconds }) => (milliseconds ?? 0) >= 0.5);
  return (
    <div className="wl-picture-facts" role="status" aria-label="Facts of the picture">
      {busy && <Text size="sm">Loading…</Text>}
      {!busy && loaded !== null && (
        <>
          {size !== null && (
            <Text size="sm">
              {size.width} × {size.height} px
            </Text>
          )}
          <Text size="sm">
            <b>{formatBytes(loaded.bytes)}</b>
            {original.bytes !== null && original.bytes > 0 && (
              <Text span size="xs" c="dimmed">
                {' '}
                {savedWords(loaded.bytes, original.bytes)}
              </Text>
            )}
          </Text>
          <Text size="sm">{loaded.contentType.replace('image/', '').split(';')[0]}</Text>
          <Tooltip label="From asking for it to its last byte, seen from this browser; beside it what the server says of its part.">
            <Text size="sm" tabIndex={0} role="note">
              {duration(loaded.milliseconds)}
              {!loaded.fromBrowser && split.length > 0 && (
                <Text span size="xs" c="dimmed">
                  {' '}
                  {split
                    .map(({ name, milliseconds }) => `${name} ${duration(milliseconds ?? 0)}`)
                    .join(' · ')}
                </Text>
              )}
            </Text>
          </Tooltip>
          {cacheWords(loaded) !== '' && <Text size="sm">{cacheWords(loaded)}</Text>}
        </>
      )}
    </div>
  );
};
