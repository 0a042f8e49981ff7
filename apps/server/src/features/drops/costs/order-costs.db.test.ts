import { providerIds, type Drop } from '@windlass/contract';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDropScene, type DropScene } from '../../../../../../tests/support/drop-scene.ts';
import { codeOf } from '../../../../../../tests/support/source-scene.ts';
import { newId } from '../../../kernel/new-id.ts';
import { averageStored } from '../testing/average-stored.ts';
import { listMonths } from './volume-store.ts';

let scene: DropScene;
beforeAll(async () => {
  scene = await createDropScene();
});
afterAll(() => scene?.[Symbol.asyncDispose]());

const now = new Date('2026-11-16T00:00:00Z');
const day = (text: string): Date => new Date(`${text}T00:00:00Z`);
let count = 0;

interface GivenFile {
  bytes: number;
  from: Date;
  until?: Date | null;
  transferId?: ReturnType<typeof newId<'trf'>>;
}

/** An order as the table has it. */
const insertOrder = async (
  drop: Drop,
  files: readonly GivenFile[],
  changes: { submittedAt?: Date; filesDeletedAt?: Date; connected?: boolean } = {},
): Promise<void> => {
  const { teamId } = scene;
  const orderId = newId('ord');
  const submittedAt = changes.submittedAt ?? files[0]?.from ?? now;
  await scene.db
    .insertInto('orders')
    .values({
      id: orderId,
      teamId,
      dropId: drop.id,
      connectionId: changes.connected === false ? null : drop.connectionId,
      number: `00-${(count += 1)}`,
      prefix: 'orders/x/',
      formVersion: 1,
      state: 'received',
      customerName: 'Zoë',
      statusTokenHash: orderId,
      manifest: 'written',
      createdAt: submittedAt,
      updatedAt: submittedAt,
      submittedAt,
      filesDeletedAt: changes.filesDeletedAt ?? null,
    })
    .execute();
  if (files.length === 0) return;
  await scene.db
    .insertInto('orderFiles')
    .values(
      files.map(({ bytes, from, until, transferId = newId('trf') }, position) => ({
        id: newId('fil'),
        teamId,
        orderId,
        transferId,
        position,
        name: 'a.jpg',
        key: 'orders/x/a.jpg',
        fullKey: 'orders/x/a.jpg',
        size: bytes,
        type: 'image/jpeg',
        receivedAt: from,
        deletedAt: until ?? null,
      })),
    )
    .execute();
};
const monthsOf = (drop: Drop) => listMonths(scene.db, { teamId: scene.teamId, dropId: drop.id }, now);

describe('a month', () => {
  it('has what came in, what lay there and what was fetched, at whose prices', async () => {
    const drop = await scene.create();
    const files = [
      { bytes: 3000, from: day('2026-10-22'), until: day('2026-11-10') },
      { bytes: 310, from: day('2026-10-31') },
    ];
    await insertOrder(drop, files);
    await insertOrder(drop, [{ bytes: 100, from: day('2026-11-01') }], { connected: false });
    await scene.db
      .insertInto('orderDownloads')
      .values({
        teamId: scene.teamId,
        dropId: drop.id,
        provider: 'embedded',
        day: '2026-11-30',
        files: 2,
        bytes: 620,
      })
      .execute();
    expect(await monthsOf(drop)).toEqual([
      {
        month: '2026-11',
        provider: 'embedded',
        orders: 0,
        files: 0,
        manifests: 0,
        bytesReceived: 0,
        averageBytesStored: 9 * 100 + 155,
        filesDownloaded: 2,
        bytesDownloaded: 620,
      },
      {
        month: '2026-11',
        provider: 'other',
        orders: 1,
        files: 1,
        manifests: 1,
        bytesReceived: 100,
        averageBytesStored: 50,
        filesDownloaded: 0,
        bytesDownloaded: 0,
      },
      {
        month: '2026-10',
        provider: 'embedded',
        orders: 1,
        files: 2,
        manifests: 1,
        bytesReceived: 3310,
        averageBytesStored: Math.round((10 * 3000 + 310) / 31),
        filesDownloaded: 0,
        bytesDownloaded: 0,
      },
    ]);
  });

  it('counts an object that several orders have once, until the last lets it go', async () => {
    const drop = await scene.create();
    const transferId = newId('trf');
    const from = day('2026-10-01');
    await insertOrder(drop, [{ bytes: 3100, from, transferId, until: day('2026-10-02') }]);
    await insertOrder(drop, [{ bytes: 3100, from, transferId, until: day('2026-10-11') }], {
      submittedAt: day('2026-10-02'),
    });
    expect(await monthsOf(drop)).toMatchObject([
      { month: '2026-10', orders: 2, files: 1, bytesReceived: 3100, averageBytesStored: 1000 },
    ]);
  });

  it('counts what a rule of the bucket deletes until the days of its order are over', async () => {
    const drop = await scene.create();
    const file = { bytes: 3100, from: day('2026-10-01') };
    await insertOrder(drop, [file], { filesDeletedAt: day('2026-10-11') });
    expect(await monthsOf(drop)).toMatchObject([{ month: '2026-10', averageBytesStored: 1000 }]);
  });

  it('is reckoned to the second, whatever the spans', async () => {
    const moment = fc
      .integer({ min: day('2026-08-20').getTime(), max: day('2026-12-10').getTime() })
      .map((milliseconds) => new Date(milliseconds));
    const file = fc
      .record({ bytes: fc.nat(1e12), a: moment, b: moment, stays: fc.boolean() })
      .map(({ bytes, a, b, stays }) => {
        const [from, until] = a < b ? [a, b] : [b, a];
        return { bytes, from, until: stays ? null : until };
      });
    await fc.assert(
      fc.asyncProperty(fc.array(file, { minLength: 1, maxLength: 8 }), async (files) => {
        const drop = await scene.create();
        await insertOrder(drop, files);
        const found = new Map(
          (await monthsOf(drop)).map(({ month, averageBytesStored }) => [month, averageBytesStored]),
        );
        for (const month of ['2026-08', '2026-09', '2026-10', '2026-11', '2026-12']) {
          const exact = averageStored(files, month, now);
          expect(Math.abs((found.get(month) ?? 0) - exact)).toBeLessThanOrEqual(0.5 + exact * 1e-12);
        }
      }),
      { numRuns: 25 },
    );
  });
});

describe('prices', () => {
  it('are the list’s until a team sets its own, and again afterwards', async () => {
    const { costs } = scene.drops;
    const { member, admin, stranger } = scene.actors;
    const { teamId } = scene;
    const drop = await scene.create();
    await insertOrder(drop, [{ bytes: 10e9, from: day('2026-10-01'), until: day('2026-11-01') }]);
    scene.clock.forward({ days: 1 });
    const show = () => costs.show(member, teamId, { dropId: drop.id });
    const before = await show();
    expect(before.prices.map(({ provider }) => provider)).toEqual([...providerIds]);
    const at = { teamId, provider: 'embedded' as const };
    const prices = {
      currency: 'EUR',
      storagePerGbMonth: 0.5,
      downloadPerGb: 0,
      writesPerThousand: 1000,
      readsPerThousand: 0,
    };
    expect(await codeOf(costs.setPrices(member, at, prices))).toBe('forbidden');
    expect(await costs.setPrices(admin, at, prices)).toEqual({
      ...prices,
      provider: 'embedded',
      own: true,
      source: '',
    });
    await costs.setPrices(admin, at, { ...prices, storagePerGbMonth: 0.25 });
    const october = (await show()).months.find(({ month }) => month === '2026-10');
    expect(october).toMatchObject({ currency: 'EUR', storage: 2.5, requests: 2, total: 4.5, orders: 1 });
    expect(await codeOf(costs.show(stranger, teamId, {}))).toBe('notFound');
    await costs.resetPrices(admin, at);
    expect((await show()).prices).toEqual(before.prices);
  });
});
