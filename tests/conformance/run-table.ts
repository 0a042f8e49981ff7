import { afterAll, beforeAll, describe, test } from 'vitest';
import { lacks } from '../support/test-skip.ts';
import type { Target } from './behaviour.ts';
import { openScene } from './scene.ts';
import { table } from './table.ts';

/** Runs every row against one target. A row that Ceph departs from must fail there, so that no note outlives its reason. */
export const runTable = (
  name: Target['name'],
  start: () => Promise<{ target: Target } & AsyncDisposable>,
): void => {
  describe.skipIf(name === 'ceph' && lacks('ceph'))(name, () => {
    let running: Awaited<ReturnType<typeof start>>;
    beforeAll(async () => {
      running = await start();
    });
    afterAll(async () => {
      await running[Symbol.asyncDispose]();
    });
    for (const [topic, behaviours] of Object.entries(table)) {
      describe(topic, () => {
        for (const { name: row, cephDeparts, run } of behaviours) {
          const departs = name === 'ceph' && cephDeparts !== undefined;
          const check = departs ? test.fails : test;
          check(departs ? `${row} (Ceph: ${cephDeparts})` : row, async () => {
            using scene = await openScene(running.target);
            await run(scene);
          });
        }
      });
    }
  });
};
