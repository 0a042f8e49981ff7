import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { OriginalFacts } from '@windlass/images';
import {
  createOriginals,
  type OriginalsOptions,
  type StoredOriginals,
} from '../../apps/server/src/features/images/originals/originals.ts';
import type { OriginFacts } from '../../apps/server/src/features/images/originals/origin.ts';
import { silentLog } from '../../apps/server/src/kernel/log.ts';
import { createMovingClock, type MovingClock } from './moving-clock.ts';

/** A folder for originals that ends with the test. */
export interface OriginalsScene extends AsyncDisposable {
  folder: string;
  clock: MovingClock;
  /** One more process, as it were, that uses the folder; it ends with the scene, or before. */
  start(options?: Partial<OriginalsOptions>): Promise<StoredOriginals>;
  /** Of originals and mezzanines, full paths. */
  filesOnDisk(): Promise<string[]>;
}

export const openOriginalsScene = async (): Promise<OriginalsScene> => {
  const folder = await mkdtemp(join(tmpdir(), 'originals-'));
  const clock = createMovingClock();
  const stack = new AsyncDisposableStack();
  stack.defer(() => rm(folder, { recursive: true }));
  return {
    folder,
    clock,
    start: async (options = {}) => {
      const originals = stack.use(
        await createOriginals({ folder, maxBytes: 64 * 1024 * 1024, clock, log: silentLog, ...options }),
      );
      await originals.scanned;
      return originals;
    },
    filesOnDisk: async () => {
      const entries = await readdir(folder, { recursive: true, withFileTypes: true });
      return entries
        .filter((entry) => entry.isFile() && /-[om]-/.test(entry.name))
        .map((entry) => join(entry.parentPath, entry.name));
    },
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  };
};

/** What a hold takes, where a test does not say otherwise. */
export const holdOptions = (
  more: { signal?: AbortSignal; maxBytes?: number; version?: OriginFacts | null } = {},
) => ({
  signal: new AbortController().signal,
  maxBytes: 32 * 1024 * 1024,
  version: null,
  ...more,
});

export const jpegFacts: OriginalFacts = {
  format: 'jpeg',
  width: 40,
  height: 30,
  orientation: 1,
  frames: 1,
  alpha: false,
  progressive: false,
};
