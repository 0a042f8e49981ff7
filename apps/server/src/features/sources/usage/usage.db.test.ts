import type { Source } from '@windlass/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createMovingClock, type MovingClock } from '../../../../../../tests/support/moving-clock.ts';
import { codeOf, createSourceScene, type SourceScene } from '../../../../../../tests/support/source-scene.ts';
import { deleteExpired } from '../../../platform/db/index.ts';
import { countsBy } from './usage-counts.ts';
import { addUsage } from './usage-store.ts';

let clock: MovingClock;
let scene: SourceScene;
beforeAll(async () => {
  clock = createMovingClock(new Date('2026-05-04T10:20:30Z'));
  scene = await createSourceScene({ clock });
});
afterAll(() => scene[Symbol.asyncDispose]());

const create = async (): Promise<Source> => (await scene.create()).source;
const usage = (source: Source) => scene.sources.usage(scene.actors.member, scene.at(source), 'day');
const named = (source: Source) => ({ sourceId: source.id, teamId: scene.teamId });
const counted = (source: Source, hours: number, requests: number) => ({
  ...named(source),
  hour: new Date(Date.UTC(2026, 4, 4, 10) - hours * 3_600_000),
  counts: { ...countsBy(() => 0), requests, bytesOut: 3_000_000_000 },
});

describe('usage', () => {
  it('is told with what this process has counted and written', async () => {
    const source = await create();
    scene.sources.recordUsage(named(source), {
      requests: 3,
      memoryHits: 1,
      misses: 1,
      errors: 1,
      bytesOut: 9,
    });
    await scene.sources.flushUsage();
    const { points, totals } = await usage(source);
    expect(points).toHaveLength(24);
    expect(points.at(-1)).toMatchObject({ at: '2026-05-04T10:00:00.000Z', requests: 3, bytesOut: 9 });
    expect(totals).toMatchObject({ requests: 3, errors: 1, hitRatio: 0.5 });
  });

  it('of many processes adds up, whatever the order in which they write', async () => {
    const sources = [await create(), await create(), await create()];
    const rows = sources.flatMap((source) => [counted(source, 0, 1), counted(source, 5, 2)]);
    await Promise.all(
      Array.from({ length: 12 }, (_, index) =>
        addUsage(scene.db, index % 2 === 0 ? rows : rows.toReversed()),
      ),
    );
    for (const source of sources) {
      const { totals, points } = await usage(source);
      expect(totals).toMatchObject({ requests: 36, bytesOut: 72_000_000_000 });
      expect(points.map(({ requests }) => requests).filter((requests) => requests > 0)).toEqual([24, 12]);
    }
  });

  it('of a source that is gone is left out, and that of the others is kept', async () => {
    const [gone, kept] = [await create(), await create()];
    await scene.sources.delete(scene.actors.admin, scene.at(gone));
    const foreign = { ...counted(kept, 0, 100), teamId: scene.otherTeamId };
    await addUsage(scene.db, [counted(gone, 0, 1), counted(kept, 0, 1), foreign]);
    expect((await usage(kept)).totals.requests).toBe(1);
    await scene.sources.delete(scene.actors.admin, scene.at(kept));
    const rows = await scene.db
      .selectFrom('imageUsage')
      .select('hour')
      .where('sourceId', '=', kept.id)
      .execute();
    expect(rows).toEqual([]);
  });

  it('is kept for 90 days', async () => {
    const source = await create();
    await addUsage(scene.db, [counted(source, 0, 1)]);
    const left = async (days: number) => {
      await deleteExpired(scene.db, new Date(Date.UTC(2026, 4, 4, 10) + days * 86_400_000));
      const rows = await scene.db
        .selectFrom('imageUsage')
        .select('hour')
        .where('sourceId', '=', source.id)
        .execute();
      return rows.length;
    };
    expect(await left(89)).toBe(1);
    expect(await left(90)).toBe(0);
  });

  it('is for the team alone', async () => {
    const source = await create();
    const { stranger } = scene.actors;
    const theirs = { teamId: scene.otherTeamId, sourceId: source.id };
    expect(await codeOf(scene.sources.usage(stranger, theirs, 'day'))).toBe('notFound');
    expect(await codeOf(scene.sources.usage(stranger, scene.at(source), 'day'))).toBe('notFound');
  });
});
