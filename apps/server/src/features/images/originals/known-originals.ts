import { createReadStream } from 'node:fs';
import { rename, open } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { inputFormats, type OriginalFacts } from '@windlass/images';
import { LRUCache } from 'lru-cache';
import { z } from 'zod';
import type { KnownOriginal } from './held-original.ts';
import type { OriginFacts } from './origin.ts';
import { versionOf } from './version.ts';

/** What origins and renders have told of originals, by place; those that nobody asked for lately are forgotten. */
export interface KnownOriginals {
  get(place: string): KnownOriginal | null;
  /** An answer that is older than what is known already changes nothing. */
  remember(place: string, origin: OriginFacts, checkedAt: number): KnownOriginal;
  learn(place: string, facts: OriginalFacts): void;
  delete(place: string): void;
  /** Takes in what `save` wrote, where nothing newer is known. Lines that are none are left out. */
  load(path: string, now: number): Promise<void>;
  save(path: string): Promise<void>;
}

const originalFacts = z.object({
  format: z.enum(inputFormats),
  width: z.int().nonnegative(),
  height: z.int().nonnegative(),
  orientation: z.int(),
  frames: z.int().nonnegative(),
  alpha: z.boolean(),
  progressive: z.boolean(),
  filters: z.boolean().optional(),
}) satisfies z.ZodType<OriginalFacts>;

const line = z.object({
  place: z.string().regex(/^[0-9a-f]{32}$/),
  etag: z.string().nullable(),
  /** Milliseconds of the epoch. */
  lastModified: z.number().nullable(),
  size: z.number().nullable(),
  checkedAt: z.number(),
  facts: originalFacts.nullable(),
});
type Line = z.infer<typeof line>;

const linesPerWrite = 500;

export const createKnownOriginals = (maxEntries: number): KnownOriginals => {
  const known = new LRUCache<string, KnownOriginal>({ max: maxEntries });

  return {
    get: (place) => known.get(place) ?? null,
    remember: (place, origin, checkedAt) => {
      const before = known.get(place);
      if (before !== undefined && before.checkedAt > checkedAt) return before;
      const isSame = before !== undefined && versionOf(before.origin) === versionOf(origin);
      const now = { origin, facts: isSame ? before.facts : null, checkedAt };
      known.set(place, now);
      return now;
    },
    learn: (place, facts) => {
      const before = known.get(place);
      if (before !== undefined) known.set(place, { ...before, facts });
    },
    delete: (place) => void known.delete(place),
    load: async (path, now) => {
      try {
        for await (const text of createInterface({ input: createReadStream(path) })) {
          const read = parseLine(text);
          if (read === null || known.has(read.place)) continue;
          // A clock that was wrong must not make later answers look old.
          known.set(read.place, { ...knownOf(read), checkedAt: Math.min(read.checkedAt, now) });
        }
      } catch (error) {
        if (!isMissing(error)) throw error;
      }
    },
    save: async (path) => {
      const draft = `${path}.tmp`;
      const file = await open(draft, 'w', 0o600);
      try {
        // The one unused for longest first, so that loading leaves them in the same order.
        const places = [...known.rkeys()];
        for (let start = 0; start < places.length; start += linesPerWrite) {
          const lines = places.slice(start, start + linesPerWrite).flatMap((place) => {
            const entry = known.peek(place);
            return entry === undefined ? [] : [`${JSON.stringify(lineOf(place, entry))}\n`];
          });
          await file.writeFile(lines.join(''));
        }
      } finally {
        await file.close();
      }
      await rename(draft, path);
    },
  };
};

const lineOf = (place: string, { origin, facts, checkedAt }: KnownOriginal): Line => ({
  place,
  etag: origin.etag,
  lastModified: origin.lastModified?.getTime() ?? null,
  size: origin.size,
  checkedAt,
  facts,
});

const knownOf = ({ etag, lastModified, size, checkedAt, facts }: Line): KnownOriginal => ({
  origin: { etag, lastModified: lastModified === null ? null : new Date(lastModified), size },
  facts,
  checkedAt,
});

const parseLine = (text: string): Line | null => {
  try {
    return line.parse(JSON.parse(text));
  } catch {
    // Cut by a crash, or of another version: what it said is learned anew.
    return null;
  }
};

const isMissing = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ENOENT';
