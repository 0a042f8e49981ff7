import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Origin, OriginFacts } from '../../apps/server/src/features/images/originals/origin.ts';
import { AppError } from '../../apps/server/src/kernel/app-error.ts';

export interface ShelfThing {
  bytes: Buffer;
  etag: string | null;
  lastModified: Date | null;
  /** False: comes without a length. */
  sized?: boolean;
  /** Ends early, in silence. */
  cutAt?: number;
}

/** An origin in memory. `pace` milliseconds pass before each chunk of 16 KiB. */
export const createShelf = (id = 'shelf') => {
  const things = new Map<string, ShelfThing>();
  const counts = { opens: 0, heads: 0, aborted: 0 };
  const shelf = { things, counts, pace: 0, headPace: 0 };
  const find = (key: string): ShelfThing => {
    const thing = things.get(key);
    if (thing === undefined) throw new AppError('notFound', 'There is no such object.');
    return thing;
  };
  const factsOf = ({ bytes, etag, lastModified, sized = true }: ShelfThing): OriginFacts => ({
    etag,
    lastModified,
    size: sized ? bytes.byteLength : null,
  });
  const origin: Origin = {
    id,
    head: async (key, { signal }) => {
      counts.heads += 1;
      await sleep(shelf.headPace, undefined, { signal });
      return factsOf(find(key));
    },
    open: async (key, { signal, ifChanged }) => {
      counts.opens += 1;
      signal.addEventListener('abort', () => (counts.aborted += 1), { once: true });
      const thing = find(key);
      if (ifChanged !== undefined && ifChanged.etag === thing.etag) return null;
      const send = async function* () {
        const whole = thing.bytes.subarray(0, thing.cutAt ?? thing.bytes.byteLength);
        for (let at = 0; at < whole.byteLength; at += 16_384) {
          if (shelf.pace > 0) await sleep(shelf.pace, undefined, { signal });
          yield whole.subarray(at, at + 16_384);
        }
      };
      return { ...factsOf(thing), body: Readable.from(send(), { objectMode: false }) };
    },
  };
  return Object.assign(shelf, {
    origin,
    put: (key: string, size: number, thing: Partial<ShelfThing> = {}): ShelfThing => {
      const made = {
        bytes: randomBytes(size),
        etag: `"${randomBytes(8).toString('hex')}"`,
        lastModified: null,
        ...thing,
      };
      things.set(key, made);
      return made;
    },
  });
};
