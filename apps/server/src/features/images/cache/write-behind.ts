import type { CachedPicture, PictureTier } from './picture-tier.ts';

/** Writes to slow tiers while nobody waits. */
export interface WriteBehind extends AsyncDisposable {
  /** Lost where too much waits already; a picture that still waits under the same key is replaced. */
  add(tier: PictureTier, key: string, picture: CachedPicture): void;
  stats(): { waitingBytes: number; written: number; lost: number };
}

export interface WriteBehindOptions {
  /** Of all that waits or is being written. */
  maxBytes: number;
  /** At the same time, to one tier. */
  writesPerTier?: number;
  /** How long the end waits for what is still to be written. */
  drainMilliseconds?: number;
}

interface Line {
  waiting: Map<string, CachedPicture>;
  bytes: number;
  writing: number;
}

/** No tier may fill more than this share, so that a slow bucket costs other teams nothing. */
const largestShare = 1 / 4;

export const createWriteBehind = ({
  maxBytes,
  writesPerTier = 2,
  drainMilliseconds = 5000,
}: WriteBehindOptions): WriteBehind => {
  const lines = new Map<PictureTier, Line>();
  let totalBytes = 0;
  let written = 0;
  let lost = 0;
  let idle = Promise.withResolvers<void>();
  idle.resolve();

  const count = (line: Line, bytes: number): void => {
    line.bytes += bytes;
    totalBytes += bytes;
  };

  const write = async (tier: PictureTier, line: Line): Promise<void> => {
    line.writing += 1;
    for (const [key, picture] of line.waiting) {
      line.waiting.delete(key);
      // A tier keeps its failures to itself; a throw would be a fault of ours and must not stop the line.
      await tier.put(key, picture).catch(() => (lost += 1));
      written += 1;
      count(line, -picture.bytes.byteLength);
    }
    line.writing -= 1;
    if (line.writing === 0 && line.waiting.size === 0) lines.delete(tier);
    if (lines.size === 0) idle.resolve();
  };

  return {
    add: (tier, key, picture) => {
      const line = lines.get(tier) ?? { waiting: new Map<string, CachedPicture>(), bytes: 0, writing: 0 };
      const replaced = line.waiting.get(key)?.bytes.byteLength ?? 0;
      const more = picture.bytes.byteLength - replaced;
      if (totalBytes + more > maxBytes || line.bytes + more > maxBytes * largestShare) {
        lost += 1;
        return;
      }
      if (lines.size === 0) idle = Promise.withResolvers<void>();
      lines.set(tier, line);
      line.waiting.set(key, picture);
      count(line, more);
      if (line.writing < writesPerTier) void write(tier, line);
    },
    stats: () => ({ waitingBytes: totalBytes, written, lost }),
    [Symbol.asyncDispose]: async () => {
      const late = Promise.withResolvers<void>();
      const timer = setTimeout(late.resolve, drainMilliseconds);
      await Promise.race([idle.promise, late.promise]);
      clearTimeout(timer);
    },
  };
};
