import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AppError } from '../../../kernel/app-error.ts';
import { createDropScene, type DropScene } from '../../../../../../tests/support/drop-scene.ts';
import { codeOf } from '../../../../../../tests/support/source-scene.ts';

let scene: DropScene;
beforeAll(async () => {
  scene = await createDropScene();
});
afterAll(() => scene?.[Symbol.asyncDispose]());

const rounds = 14;
const soon = (): AbortSignal => AbortSignal.timeout(20_000);
const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => void setTimeout(resolve, milliseconds));
const orderRow = (number: string) =>
  scene.db.selectFrom('orders').selectAll().where('number', '=', number).executeTakeFirst();
/** What a call came to; whatever is no answer for a caller, such as a deadlock, fails the test. */
const outcomeOf = async (call: Promise<unknown>): Promise<string> => {
  try {
    await call;
    return 'ok';
  } catch (error) {
    if (error instanceof AppError && error.status < 500) return error.code;
    throw error;
  }
};
type Outcome = () => Promise<string>;
/** What sending and throwing away come to. */
type Race = (send: Outcome, cancel: Outcome) => Promise<readonly [string, string]>;
/** The first two rounds, so that each of the two wins one on any machine. */
const oneAfterTheOther: readonly Race[] = [
  async (send, cancel) => [await send(), await cancel()],
  async (send, cancel) => {
    const cancelled = await cancel();
    return [await send(), cancelled];
  },
];
/** The others: as close as can be. */
const atOnce =
  (round: number): Race =>
  (send, cancel) =>
    Promise.all([pause(round % 6).then(send), pause((round * 5) % 7).then(cancel)]);
type Started = Awaited<ReturnType<DropScene['start']>>;
const uploadsOf = async ({ uploadToken }: Started) =>
  scene.transfers.uploads(await scene.transfers.grantOf(uploadToken));
const carryOutAll = async (): Promise<void> => {
  await scene.drops.expireDrafts(soon());
  await scene.carryOut('order-objects');
};

describe('a draft that is sent and thrown away at once', () => {
  it('is the one or the other, and an order that was acknowledged keeps its files', async () => {
    const drop = await scene.create({ connectionId: scene.connection.id });
    const seen = new Set<string>();
    for (let round = 0; round < rounds; round += 1) {
      const started = await scene.start(drop, {}, `192.0.2.${round}`);
      const transferId = await scene.upload(started, 'a.jpg');
      const { drafts } = scene.drops.pages;
      const send = () => outcomeOf(scene.submit(started, { files: [{ transferId }] }));
      const cancel = () => outcomeOf(drafts.cancel(started.orderToken));
      const [[submitted, cancelled], saved] = await Promise.all([
        (oneAfterTheOther[round] ?? atOnce(round))(send, cancel),
        outcomeOf(drafts.save(started.orderToken, { answers: {} })),
        outcomeOf(scene.drops.expireDrafts(soon())),
      ]);
      seen.add(submitted);
      expect([submitted, cancelled]).toSatisfy(
        ([sent, away]) => (sent === 'ok') !== (away === 'ok'),
        `round ${round}: sent ${submitted}, thrown away ${cancelled}`,
      );
      expect(['ok', 'conflict', 'notFound']).toContain(saved);
      await carryOutAll();
      const key = `team/orders/${started.number}/a.jpg`;
      expect((await orderRow(started.number))?.state).toBe(submitted === 'ok' ? 'received' : undefined);
      expect((await scene.keys()).includes(key)).toBe(submitted === 'ok');
    }
    expect(seen.size).toBeGreaterThan(1);
  });

  it('while its files are sent, completed and aborted, ends in no deadlock', async () => {
    const drop = await scene.create({ connectionId: scene.connection.id, maxBytesPerDay: 10_000_000_000 });
    for (let round = 0; round < 6; round += 1) {
      const started = await scene.start(drop, {}, `198.51.100.${round}`);
      const transferId = await scene.upload(started, 'first.jpg');
      const uploads = await uploadsOf(started);
      const wanted = Array.from({ length: 8 }, (_, at) => ({
        name: `${at}.jpg`,
        // By turns in one PUT and in parts.
        size: at % 2 === 0 ? 5 : 20 * 1024 ** 2,
        type: 'image/jpeg',
      }));
      const ids = (await uploads.create(wanted, soon())).flatMap(({ upload }) => upload?.id ?? []);
      const all = ids.map((id) => ({ id, etag: 'e', done: [] }));
      const outcomes = await Promise.all([
        ...ids.map((id, at) => pause(at + (round % 4)).then(() => outcomeOf(uploads.abort(id, soon())))),
        ...all.map((one) => outcomeOf(uploads.complete([one], soon()))),
        outcomeOf(uploads.complete(all, soon())),
        outcomeOf(uploads.complete(all.toReversed(), soon())),
        outcomeOf(uploads.create([{ name: 'late.jpg', size: 5, type: 'image/jpeg' }], soon())),
        outcomeOf(scene.submit(started, { files: [{ transferId }] })),
        outcomeOf(scene.submit(started, { files: [{ transferId }] })),
        outcomeOf(scene.drops.pages.drafts.cancel(started.orderToken)),
        outcomeOf(scene.drops.pages.drafts.save(started.orderToken, { answers: {} })),
        outcomeOf(scene.transfers.sweep(soon())),
      ]);
      expect(outcomes).toContain('ok');
    }
  });
});

describe('an order page that is deleted while orders are begun, filled and sent', () => {
  it('leaves nobody waiting, and nobody without an answer', async () => {
    for (let round = 0; round < 6; round += 1) {
      const drop = await scene.create({ connectionId: scene.connection.id, maxBytesPerDay: 1_000_000 });
      const begun = await Promise.all([0, 1, 2].map(() => scene.start(drop)));
      const filled = await Promise.all(
        begun.map(async (started) => ({ started, transferId: await scene.upload(started, 'a.jpg') })),
      );
      // As on the first call of a day, which is the one that refers to the page.
      await scene.db.deleteFrom('dropDays').where('dropId', '=', drop.id).execute();
      const outcomes = await Promise.all([
        ...filled.map(async ({ started, transferId }, at) => {
          await pause(at * 2);
          return outcomeOf(scene.submit(started, { files: [{ transferId }] }));
        }),
        ...begun.map(async (started) => {
          const uploads = await uploadsOf(started);
          return outcomeOf(uploads.create([{ name: 'b.jpg', size: 5, type: 'image/jpeg' }], soon()));
        }),
        outcomeOf(scene.start(drop)),
        pause(round).then(() =>
          outcomeOf(scene.drops.delete(scene.actors.admin, scene.at(drop), { cascade: true, files: true })),
        ),
      ]);
      expect(outcomes.at(-1)).toBe('ok');
      await scene.carryOut('order-objects');
    }
  });
});

describe('a draft whose connection was deleted', () => {
  it('can be cancelled, and keeps no other from being thrown away', async () => {
    const { connections, actors, teamId } = scene;
    const drop = await scene.create({ connectionId: scene.putOnly.id });
    const cancelled = await scene.start(drop);
    const left = await scene.start(drop);
    await scene.edit(drop, { connectionId: scene.connection.id });
    const next = await scene.start(drop);
    await scene.upload(next, 'a.jpg');
    await connections.delete(actors.owner, { teamId, connectionId: scene.putOnly.id }, true);

    expect((await orderRow(left.number))?.grantId).toBeNull();
    expect((await scene.drops.pages.drafts.show(cancelled.orderToken)).files).toEqual([]);
    await scene.drops.pages.drafts.cancel(cancelled.orderToken);
    expect(await codeOf(scene.drops.pages.drafts.show(cancelled.orderToken))).toBe('notFound');

    scene.clock.forward({ days: 8 });
    await carryOutAll();
    expect(await orderRow(left.number)).toBeUndefined();
    expect(await orderRow(next.number)).toBeUndefined();
    expect(await scene.keys()).not.toContain(`team/orders/${next.number}/a.jpg`);
  });
});
