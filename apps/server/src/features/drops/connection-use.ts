import type { Database } from '../../platform/db/index.ts';
import type { ConnectionUse } from '../connections/index.ts';
import { countFilesOn, countOn, deleteDropsOn } from './connection-use-store.ts';

const counted = (count: number, one: string, many: string): string =>
  count === 1 ? `One ${one}` : `${count} ${many}`;

/**
 * Order pages keep a connection from being deleted, as do orders whose files were sent there before their page moved. With
 * `cascade` its pages go, and their orders with them; orders of other pages stay, without a place for their files. A connection
 * that has files of orders, also of drafts, leads to no other place: they would be looked for, and deleted, in the wrong one.
 */
export const dropsOnConnections = ({ db }: { db: Database }): ConnectionUse => ({
  objection: async (on, teamId, connectionId, change) => {
    if (change === 'move') {
      const orders = await countFilesOn(on, { teamId, connectionId });
      if (orders === 0) return null;
      const what = counted(orders, 'order has its files', 'orders have their files');
      return `${what} where this connection leads to: make a new connection for the other place, and move your order pages to it.`;
    }
    const { pages, orders } = await countOn(on, { teamId, connectionId });
    const rest = 'or set cascade=true';
    if (pages > 0) {
      const what = counted(pages, 'order page stands', 'order pages stand');
      return `${what} on this connection: move or delete ${pages === 1 ? 'it' : 'them'} first, ${rest}.`;
    }
    if (orders === 0) return null;
    const what = counted(orders, 'order has its files', 'orders have their files');
    return `${what} on this connection: delete ${orders === 1 ? 'it' : 'them'} first, ${rest}.`;
  },
  release: (teamId, connectionId) => deleteDropsOn(db, { teamId, connectionId }),
});
