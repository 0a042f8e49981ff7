import type { OperationInput, OperationResult, signOrderFiles, zipOrder } from '@windlass/contract';
import type { Actor } from '../../../kernel/actor.ts';
import { AppError } from '../../../kernel/app-error.ts';
import type { Disposition } from '../../../kernel/content-disposition.ts';
import { mapAtOnce } from '../../../kernel/map-at-once.ts';
import { shownAs, type ZipEntry } from '../../downloads/index.ts';
import { countDownload } from '../costs/download-store.ts';
import type { DropsDeps } from '../deps.ts';
import { findPlainDrop } from '../drop-store.ts';
import { findOrder, listOrderFiles, lockOrder } from '../pages/order-store.ts';
import { manifestName } from '../pages/write-manifest.ts';
import type { OrderAt, OrderFileRow, OrderRow } from '../ports.ts';
import { findGround } from './desk-store.ts';
import { filesAccessOf, mayRead } from './file-access.ts';
import { noSuchOrder } from './missing-order.ts';
import type { MoveOrder } from './move-order.ts';
import { deskPolicy } from './policy.ts';

/** Gives out files of orders: the bytes come straight from the bucket, or as one zip. */
export interface HandOut {
  /** @throws AppError conflict where the connection may not read, with the reason; originFailed where that is found out now */
  sign(
    actor: Actor,
    at: OrderAt,
    wanted: OperationInput<typeof signOrderFiles>['body'],
  ): Promise<OperationResult<typeof signOrderFiles>>;
  /** A received order becomes downloaded. @throws AppError conflict, as of `sign` */
  zip(actor: Actor, at: OrderAt): Promise<OperationResult<typeof zipOrder>>;
}

const urlSeconds = 15 * 60;
const signMilliseconds = 10_000;
const signedAtOnce = 10;

/** Shown is only what `shownAs` says, whatever is asked for; the type of the answer is then signed too. */
const answerOf = (wanted: Disposition['kind'], { key, name, type }: OrderFileRow) => {
  const contentType = wanted === 'inline' ? shownAs(key, type) : null;
  const ownName = name.split('/').at(-1) ?? name;
  return contentType === null
    ? { disposition: { kind: 'attachment', name: ownName } as const }
    : { disposition: { kind: 'inline', name: ownName } as const, contentType };
};

const bytesOf = (files: readonly OrderFileRow[]): number =>
  files.reduce((sum, { size }) => sum + Number(size), 0);

/** By the names that customers know; the order's own record before them, so that no file of theirs takes its name. */
const entriesOf = (order: OrderRow, files: readonly OrderFileRow[]): ZipEntry[] => {
  const named = files.map(({ key, name }) => ({ key, name }));
  return order.manifest === 'written'
    ? [{ key: `${order.prefix}${manifestName}`, name: manifestName }, ...named]
    : named;
};

export const createHandOut = (
  deps: Pick<DropsDeps, 'db' | 'access' | 'connections' | 'downloads' | 'clock'> & { move: MoveOrder },
): HandOut => {
  const { db, access, connections, downloads, clock, move } = deps;

  /** The order, if its files can be read. What no check has found out yet, the bucket is asked for. */
  const openReadable = async (at: OrderAt, signal: AbortSignal) => {
    const order = (await findOrder(db, at)) ?? noSuchOrder();
    const ground = await findGround(db, order);
    const { reason } = filesAccessOf(order, ground);
    const { connectionId } = order;
    if (ground === null || connectionId === null || order.filesDeletedAt !== null || mayRead(ground) === 'no')
      throw new AppError('conflict', reason);
    const files = (await listOrderFiles(db, at)).filter(({ deletedAt }) => deletedAt === null);
    const [first] = files;
    if (mayRead(ground) !== 'yes' && first !== undefined)
      await downloads.requireReadable(at.teamId, connectionId, first.key, signal);
    return { order, connectionId, provider: ground.provider, files };
  };

  return {
    sign: async (actor, at, { files: ids, disposition }) => {
      await access.require(actor, at.teamId, deskPolicy.fetchFiles);
      const signal = AbortSignal.timeout(signMilliseconds);
      const { order, connectionId, provider, files } = await openReadable(at, signal);
      const wanted = ids.map((id) => {
        const file = files.find((one) => one.id === id);
        if (file !== undefined) return file;
        throw new AppError('notFound', 'This order has no such file, or it was deleted.', {
          errors: [{ path: 'files', message: `has ${id}, which is none` }],
        });
      });
      const bucket = await connections.openBucket(at.teamId, connectionId);
      const items = await mapAtOnce(wanted, signedAtOnce, async (file) => {
        const { url, expiresAt } = await bucket.uploads.signGet(file.key, {
          ...answerOf(disposition, file),
          expiresInSeconds: urlSeconds,
          signal,
        });
        return { id: file.id, url, expiresAt };
      });
      const { teamId, dropId } = order;
      const handed = { files: wanted.length, bytes: bytesOf(wanted) };
      await countDownload(db, { teamId, dropId, provider }, handed, clock.now());
      return { items };
    },

    zip: async (actor, at) => {
      const { userId } = await access.require(actor, at.teamId, deskPolicy.zip);
      const signal = AbortSignal.timeout(signMilliseconds);
      const { order, connectionId, provider, files } = await openReadable(at, signal);
      if (files.length === 0) throw new AppError('conflict', 'This order has no files.');
      const { teamId, dropId, number } = order;
      const handed = { files: files.length, bytes: bytesOf(files) };
      return db.transaction().execute(async (trx) => {
        const locked = (await lockOrder(trx, at)) ?? noSuchOrder();
        await countDownload(trx, { teamId, dropId, provider }, handed, clock.now());
        if (locked.state === 'received') {
          const drop = (await findPlainDrop(trx, locked)) ?? noSuchOrder();
          // Nothing that a customer waits for: who wants to tell them moves the order by hand.
          await move(trx, { order: locked, drop }, 'downloaded', { userId, notify: false });
        }
        const entries = entriesOf(order, files);
        return downloads.createZipLink(trx, { teamId, connectionId, entries, name: `${number}.zip` });
      });
    },
  };
};
