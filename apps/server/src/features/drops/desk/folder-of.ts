import type { OrderFileRow } from '../ports.ts';

/**
 * The whole prefix below which a file's order was uploaded: files of a repeated order lie with the first one.
 *
 * @example folderOf({ fullKey: 'lab/orders/26-00042/a/b.jpg', key: 'orders/26-00042/a/b.jpg' }) // 'lab/orders/26-00042/'
 */
export const folderOf = ({ fullKey, key }: Pick<OrderFileRow, 'fullKey' | 'key'>): string => {
  const below = key.split('/').slice(0, 2).join('/');
  return `${fullKey.slice(0, fullKey.length - key.length)}${below}/`;
};
