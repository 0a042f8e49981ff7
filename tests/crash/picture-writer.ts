import { createDiskTier } from '../../apps/server/src/features/images/cache/disk-tier.ts';
import { cachedPicture } from '../support/cached-picture.ts';

/** Bytes of the pictures that are written, by turns. */
export const sizes = [1, 900, 8000, 30_000, 70_000, 400_000] as const;

/** The picture of one put: its path says which one it is, its bytes follow from that. */
export const pictureOf = (seed: string) => {
  const index = Number(seed.split('/')[1]);
  return cachedPicture(seed, sizes[index % sizes.length], { path: seed });
};

/**
 * The child of the cache's crash test: `node picture-writer.ts <folder> <round> <puts>`. Puts pictures of mixed sizes,
 * every third over one of an earlier round, eight at a time, and prints `done <key>` when a put has resolved; at the end
 * `kept <entries> <failed writes> <evictions>`.
 */
const write = async (folder: string, round: string, puts: number): Promise<void> => {
  await using disk = await createDiskTier({ folder, maxBytes: 1e9, log: { warn: () => {} } });
  await disk.scanned;
  let next = 0;
  await Promise.all(
    Array.from({ length: 8 }, async () => {
      while (next < puts) {
        const index = next++;
        const key = index % 3 === 0 ? `shared-${index}` : `${round}-${index}`;
        await disk.put(key, pictureOf(`${round}/${index}`));
        process.stdout.write(`done ${key}\n`);
      }
    }),
  );
  const { entries, failedWrites, evictions } = disk.usage();
  process.stdout.write(`kept ${entries} ${failedWrites} ${evictions}\n`);
};

if (import.meta.main) {
  const [folder = '', round = '0', puts = '0'] = process.argv.slice(2);
  await write(folder, round, Number(puts));
}
