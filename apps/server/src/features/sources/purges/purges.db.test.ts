import type { PurgeRequest, Source } from '@windlass/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createMovingClock, type MovingClock } from '../../../../../../tests/support/moving-clock.ts';
import { codeOf, createSourceScene, type SourceScene } from '../../../../../../tests/support/source-scene.ts';
import { newId } from '../../../kernel/new-id.ts';
import { deleteExpired } from '../../../platform/db/index.ts';
import { maxPurges } from './purge-window.ts';
import type { PurgeNotice } from './purges.ts';

let clock: MovingClock;
let scene: SourceScene;
beforeAll(async () => {
  clock = createMovingClock();
  scene = await createSourceScene({ clock });
});
afterAll(() => scene[Symbol.asyncDispose]());

const create = async (): Promise<Source> => (await scene.create()).source;
const purge = (source: Source, request: PurgeRequest) =>
  scene.sources.purge(scene.actors.member, scene.at(source), request);
const list = (source: Source, query: object = {}) =>
  scene.sources.listPurges(scene.actors.member, scene.at(source), { limit: 50, ...query });
const inForce = async ({ name }: Source) => (await scene.sources.resolveSource(name))?.purges;

describe('a purge', () => {
  it('is known to the image server at once, in this process and with its time', async () => {
    const source = await create();
    const now = clock.now().getTime();
    await inForce(source);
    const heard: PurgeNotice[] = [];
    const end = scene.sources.onPurge((notice) => heard.push(notice));
    const made = await purge(source, { scope: 'path', value: '/shoes/red.jpg' });
    await purge(source, { scope: 'prefix', value: 'shoes/' });
    await purge(source, { scope: 'tag', value: 'spring' });
    end();
    expect(made).toMatchObject({ scope: 'path', value: 'shoes/red.jpg', at: clock.now().toISOString() });
    expect(await inForce(source)).toMatchObject({
      paths: new Map([['shoes/red.jpg', now]]),
      prefixes: [{ prefix: 'shoes/', at: now }],
      tags: new Map([['spring', now]]),
    });
    expect(heard.map(({ scope, value, at }) => [scope, value, at])).toEqual([
      ['path', 'shoes/red.jpg', now],
      ['prefix', 'shoes/', now],
      ['tag', 'spring', now],
    ]);
    clock.forward({ seconds: 1 });
    await purge(source, { scope: 'all' });
    expect(heard).toHaveLength(3);
    expect(await inForce(source)).toEqual({
      all: clock.now().getTime(),
      paths: new Map(),
      prefixes: [],
      tags: new Map(),
    });
  });

  it.each(['/', '..', 'a/../b'])('of %j purges nothing', async (value) => {
    const source = await create();
    expect(await codeOf(purge(source, { scope: 'path', value }))).toBe('invalidRequest');
    expect((await list(source)).items).toEqual([]);
  });

  it('is listed newest first, page by page, with who did it', async () => {
    const source = await create();
    for (const value of ['a', 'b', 'c']) await purge(source, { scope: 'path', value });
    const first = await list(source, { limit: 2 });
    expect(first.items.map(({ value }) => value)).toEqual(['c', 'b']);
    expect(first.items[0]?.by).toEqual(expect.any(String));
    const rest = await list(source, { limit: 2, cursor: first.nextCursor! });
    expect(rest).toMatchObject({ items: [{ value: 'a' }], nextCursor: null });
  });

  it('stays for 31 days; pictures of the time before it are purged for good by then', async () => {
    const source = await create();
    const made = clock.now().getTime();
    await purge(source, { scope: 'path', value: 'a' });
    clock.forward({ days: 30 });
    expect((await list(source)).items).toHaveLength(1);
    clock.forward({ days: 1 });
    expect((await list(source)).items).toEqual([]);
    await deleteExpired(scene.db, clock.now());
    const rows = await scene.db
      .selectFrom('sourcePurges')
      .select('id')
      .where('sourceId', '=', source.id)
      .execute();
    expect(rows).toEqual([]);
    await scene.edit(source, { maxAgeSeconds: 1 });
    expect((await inForce(source))?.all).toBeGreaterThanOrEqual(made);
  });

  it('becomes one of everything where a source has a thousand already', async () => {
    const source = await create();
    const row = {
      ...scene.at(source),
      scope: 'path' as const,
      at: clock.now(),
      madeBy: null,
      expiresAt: new Date(clock.now().getTime() + 1000),
    };
    const rows = Array.from({ length: maxPurges }, (_, index) => ({
      ...row,
      id: newId('prg'),
      value: `p${index}`,
    }));
    await scene.db.insertInto('sourcePurges').values(rows).execute();
    expect(await purge(source, { scope: 'path', value: 'one-more' })).toMatchObject({
      scope: 'all',
      value: '',
    });
    expect((await list(source)).items).toHaveLength(1);
    expect(await inForce(source)).toMatchObject({ all: clock.now().getTime(), paths: new Map() });
  });

  it('is for everybody in the team, and for nobody else', async () => {
    const source = await create();
    const theirs = { teamId: scene.otherTeamId, sourceId: source.id };
    const { stranger } = scene.actors;
    for (const at of [theirs, scene.at(source)]) {
      expect(await codeOf(scene.sources.purge(stranger, at, { scope: 'all' }))).toBe('notFound');
      expect(await codeOf(scene.sources.listPurges(stranger, at, { limit: 1 }))).toBe('notFound');
    }
    expect((await list(source)).items).toEqual([]);
  });
});
