import { orderId as orderIdSchema, sourceId, type OrderId, type SourceId } from '@windlass/contract';
import { bucketOriginId, noPurges, type ResolveSource } from '../../sources/index.ts';
import type { DropsDeps } from '../deps.ts';
import { filesAccessOf, type FileGround } from '../desk/file-access.ts';
import type { DropRow, OrderFileRow, OrderRow } from '../ports.ts';
import { pictureKeysOf } from './picture-keys.ts';
import { noPicture, pictureLinks, type PictureLinks } from './picture-links.ts';
import { pictureSettings } from './picture-settings.ts';
import { findPictured } from './picture-store.ts';

/** Small pictures of an order's files, made by the image server: no desk loads originals to draw tiles of them. */
export interface OrderPictures {
  /** Says of a file of the order where its pictures are: nowhere, where its connection may not read. */
  linksOf(
    order: OrderRow,
    drop: Pick<DropRow, 'pageKeySealed'>,
    ground: FileGround | null,
  ): (file: OrderFileRow) => PictureLinks;
  /**
   * For the image server: an order is a source by its id, which no source of a team is called, as theirs have no underscore.
   * It is looked up at each request: an order that is deleted, files whose days are over, a connection that is gone or may
   * not read any more end every URL with it. Null for all of these, and for what is no order.
   */
  resolveSource: ResolveSource;
}

/**
 * Ids are unique whatever stands before them, so that no source of a team has this one, and nothing that is counted for it
 * is found in the usage of another.
 */
const countedAs = (orderId: OrderId): SourceId => sourceId.parse(orderId.replace(/^ord_/, 'src_'));

export const createOrderPictures = ({
  db,
  vault,
  clock,
  imagesUrl,
}: Pick<DropsDeps, 'db' | 'vault' | 'clock' | 'imagesUrl'>): OrderPictures => ({
  linksOf: (order, drop, ground) => {
    const { connectionId } = order;
    if (connectionId === null || !filesAccessOf(order, ground).readable) return () => noPicture;
    const keys = pictureKeysOf(vault, { ...order, connectionId }, drop);
    return pictureLinks(`${imagesUrl()}/${order.id}`, keys, clock.now());
  },

  resolveSource: async (name) => {
    const orderId = orderIdSchema.safeParse(name);
    const pictured = orderId.success ? await findPictured(db, orderId.data) : null;
    if (pictured === null || !filesAccessOf(pictured, pictured).readable) return null;
    const { id, teamId, connectionId, endpoint, bucket, prefix, revision } = pictured;
    return {
      ...pictureSettings,
      sourceId: countedAs(id),
      teamId,
      name: id,
      origin: { kind: 'connection', connectionId },
      originId: bucketOriginId(teamId, { id: connectionId, endpoint, bucket, prefix }),
      signingKeys: [pictureKeysOf(vault, pictured, pictured)],
      purges: noPurges,
      version: `${id}.${connectionId}.${revision}`,
      // Nothing is answered by what was known a moment ago.
      freshUntil: clock.now().getTime(),
    };
  },
});
