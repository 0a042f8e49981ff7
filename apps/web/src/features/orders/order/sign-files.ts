import type { OrderFileId } from '@windlass/contract';

export interface SignedFile {
  id: string;
  url: string;
  expiresAt: string;
}

interface SignFilesDeps {
  /** Signs up to a hundred at once. */
  sign: (ids: OrderFileId[]) => Promise<readonly SignedFile[]>;
  now?: () => number;
}

const mostAtOnce = 100;
/** What is asked for within this goes in one call: tiles come into view together. */
const gatherMilliseconds = 40;
/** A URL that runs out sooner is signed anew: its picture may take so long to begin. */
const leastLeftMilliseconds = 60_000;

interface Waiting {
  resolve: (url: string) => void;
  reject: (error: unknown) => void;
}

/**
 * Signed URLs of files, asked for one by one and signed many at once; each is kept until it is about to run out.
 *
 * @example const { urlOf } = createSignFiles({ sign }); await urlOf(file.id)
 */
export const createSignFiles = ({ sign, now = Date.now }: SignFilesDeps) => {
  const known = new Map<string, { url: Promise<string>; until: number }>();
  let gathered = new Map<OrderFileId, Waiting>();

  const send = async (batch: ReadonlyMap<OrderFileId, Waiting>) => {
    try {
      const signed = new Map((await sign([...batch.keys()])).map((file) => [file.id, file]));
      for (const [id, { resolve, reject }] of batch) {
        const file = signed.get(id);
        if (file === undefined) {
          known.delete(id);
          reject(new Error('This file is not there any more.'));
          continue;
        }
        const kept = known.get(id);
        if (kept !== undefined) kept.until = Date.parse(file.expiresAt);
        resolve(file.url);
      }
    } catch (error) {
      // Each tile shows it, and asks anew when it is tried again.
      for (const [id, { reject }] of batch) {
        known.delete(id);
        reject(error);
      }
    }
  };
  const flush = () => {
    const ids = [...gathered];
    gathered = new Map();
    for (let start = 0; start < ids.length; start += mostAtOnce)
      void send(new Map(ids.slice(start, start + mostAtOnce)));
  };

  /** @throws ApiProblem where nothing could be signed. */
  const urlOf = (id: OrderFileId): Promise<string> => {
    const kept = known.get(id);
    if (kept !== undefined && kept.until - now() > leastLeftMilliseconds) return kept.url;
    const { promise, resolve, reject } = Promise.withResolvers<string>();
    known.set(id, { url: promise, until: Number.POSITIVE_INFINITY });
    if (gathered.size === 0) setTimeout(flush, gatherMilliseconds);
    gathered.set(id, { resolve, reject });
    return promise;
  };
  return { urlOf };
};
export type SignFiles = ReturnType<typeof createSignFiles>;
