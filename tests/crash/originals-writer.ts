import { createHash } from 'node:crypto';
import { createOriginals } from '../../apps/server/src/features/images/originals/originals.ts';
import { systemClock } from '../../apps/server/src/kernel/clock.ts';
import { createShelf } from '../support/origin-shelf.ts';
import { holdOptions } from '../support/originals-scene.ts';

/** What the origin of the test has under a key: from 1 byte to 1.5 MB. */
export const originalOf = (key: string): Buffer => {
  const seed = createHash('sha256').update(key).digest();
  return Buffer.alloc(1 + (seed.readUInt32LE() % 1_500_000), seed);
};

/** An origin that has such originals under all these keys, with an ETag each. */
export const shelfOf = (keys: Iterable<string>) => {
  const shelf = createShelf();
  for (const key of keys) {
    const bytes = originalOf(key);
    shelf.put(key, bytes.byteLength, { bytes, etag: `"${key}"` });
  }
  return shelf;
};

/**
 * The child of the originals' crash test: `node originals-writer.ts <folder> <round>`. Fetches originals without end, six at
 * a time, gives every second one a mezzanine, and prints `done <key>` when both are there.
 */
const write = async (folder: string, round: string): Promise<void> => {
  const originals = await createOriginals({
    folder,
    maxBytes: 4e9,
    clock: systemClock,
    log: { warn: () => {} },
  });
  let next = 0;
  const lane = async (): Promise<never> => {
    for (;;) {
      const index = next++;
      const key = `${round}-${index}`;
      const { origin } = shelfOf([key]);
      using held = await originals.hold(origin, key, holdOptions());
      if (index % 2 === 0) await originals.putMezzanine(origin, key, held.origin, originalOf(`${key} small`));
      process.stdout.write(`done ${key}\n`);
    }
  };
  await Promise.all(Array.from({ length: 6 }, lane));
};

if (import.meta.main) {
  const [folder = '', round = '0'] = process.argv.slice(2);
  await write(folder, round);
}
