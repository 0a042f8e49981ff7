import type { ConnectionId, OrderId, TeamId, TransferId } from '@windlass/contract';
import { AppError } from '../../../kernel/app-error.ts';
import { bucketFailureOf, type Bucket } from '../../../platform/s3/index.ts';
import type { Removal, RemovableObject, RemovalOutcome } from '../../transfers/index.ts';
import type { DropsDeps } from '../deps.ts';
import { manifestName } from '../pages/write-manifest.ts';
import { whoseManifest } from '../pages/whose-manifest.ts';
import type { OrderRow } from '../ports.ts';
import type { StoredFile } from './file-store.ts';

/** An order's own record in the bucket. */
export interface StoredManifest {
  key: string;
  /** False where one was there already when it was to be written, and nobody may read whose it is. */
  isProven: boolean;
}

/** What of an order is to go. */
export interface OrderObjects {
  teamId: TeamId;
  connectionId: ConnectionId;
  orderId: OrderId;
  files: readonly (RemovableObject & { transferId: TransferId })[];
  manifest: StoredManifest | null;
}

/** How far a removal came, and what was in its way. */
export interface OrderRemoval {
  /** Files of the order that are not in the bucket any more. */
  gone: Set<TransferId>;
  /** How many objects stay since they are not what was uploaded: another's, or written over since. */
  strange: number;
  /** `denied`: the credentials may not, and another try would be answered alike. Null where nothing was in the way. */
  trouble: { denied: boolean; error: AppError } | null;
}

/** The manifest that an order has; one that could not be written is somebody else's, if any. */
export const manifestOfOrder = ({
  manifest,
  manifestTrouble,
  prefix,
}: Pick<OrderRow, 'manifest' | 'manifestTrouble' | 'prefix'>): StoredManifest | null =>
  manifest === 'written' ? { key: `${prefix}${manifestName}`, isProven: manifestTrouble === null } : null;

export const removableOf = ({
  transferId,
  key,
  size,
  etag,
  proof,
  ticketAt,
}: StoredFile): OrderObjects['files'][number] => ({
  transferId,
  key,
  size: Number(size),
  etag,
  // Where the ledger knows it no more, somebody's word is all there is.
  proof: proof ?? 'reported',
  ticketAt,
});

/** Deletes the manifest of an order, unless it is another's. @throws whatever `signal` was aborted with */
export const removeManifest = async (
  bucket: Pick<Bucket, 'getObject' | 'deleteObject'>,
  { key, isProven }: StoredManifest,
  orderId: OrderId,
  signal: AbortSignal,
): Promise<Removal> => {
  const done = (outcome: RemovalOutcome, error: AppError | null = null): Removal => ({ key, outcome, error });
  try {
    const owner = await whoseManifest(bucket, { key, orderId }, signal);
    if (owner === 'none') return done('absent');
    if (owner === 'others' || (owner === 'unknown' && !isProven)) return done('notOurs');
    await bucket.deleteObject(key, { signal });
    return done('deleted');
  } catch (error) {
    signal.throwIfAborted();
    if (!(error instanceof AppError)) throw error;
    return done(bucketFailureOf(error)?.kind === 'denied' ? 'refused' : 'failed', error);
  }
};

const isGone = ({ outcome }: Removal): boolean => outcome === 'deleted' || outcome === 'absent';

/**
 * Deletes what an order has in its bucket, each object only once it is proven to be the order's own.
 *
 * @throws AppError notFound where the connection was deleted, originFailed where it has no credentials; whatever `signal` was
 * aborted with
 */
export const removeFromBucket = async (
  { transfers, connections, log }: Pick<DropsDeps, 'transfers' | 'connections' | 'log'>,
  { teamId, connectionId, orderId, files, manifest }: OrderObjects,
  signal: AbortSignal,
): Promise<OrderRemoval> => {
  const removals = await transfers.removeObjects(teamId, connectionId, files, signal);
  const gone = new Set(
    files.flatMap(({ transferId }, at) => {
      const removal = removals[at];
      return removal !== undefined && isGone(removal) ? [transferId] : [];
    }),
  );
  if (manifest !== null) {
    const bucket = await connections.openBucket(teamId, connectionId);
    removals.push(await removeManifest(bucket, manifest, orderId, signal));
  }
  const strange = removals.filter(({ outcome }) => outcome === 'notOurs').length;
  if (strange > 0)
    log.warn({ teamId, orderId, objects: strange }, 'Objects under the keys of an order are not its own');
  // What may be answered otherwise the next time comes before what will not.
  const first =
    removals.find(({ outcome }) => outcome === 'failed') ??
    removals.find(({ outcome }) => outcome === 'refused');
  if (first === undefined) return { gone, strange, trouble: null };
  const error = first.error ?? new AppError('originFailed', 'The bucket did not delete an object.');
  return { gone, strange, trouble: { denied: first.outcome === 'refused', error } };
};
