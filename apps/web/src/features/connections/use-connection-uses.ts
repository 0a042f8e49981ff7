import { useQuery } from '@tanstack/react-query';
import { listSources, listTransfers, type Connection } from '@windlass/contract';
import { call } from '../../lib/api.ts';
import { plural } from '../../lib/format.ts';
import { dropChoicesQuery } from '../drops/queries.ts';

/** Something that goes with a connection: what, its names as far as they are known, and what that means. */
export interface ConnectionUse {
  what: string;
  names: readonly string[];
  /** How many more there are than names. */
  rest: number;
  meaning: string;
}

const namesAtOnce = 20;

const useOf = (what: string, count: number, names: readonly string[], meaning: string): ConnectionUse[] =>
  count === 0 ? [] : [{ what, names, rest: Math.max(0, count - names.length), meaning }];

/** What stands on a connection, asked for once somebody thinks of deleting it. */
export const useConnectionUses = (teamId: string, connection: Connection, enabled: boolean) => {
  const { id: connectionId, sourceCount } = connection;
  const sources = useQuery({
    queryKey: ['sources', teamId, connectionId, 'names'],
    queryFn: ({ signal }) =>
      call(listSources, { params: { teamId }, query: { connectionId, limit: namesAtOnce }, signal }),
    enabled: enabled && sourceCount > 0,
  });
  const drops = useQuery({ ...dropChoicesQuery(teamId), enabled });
  const open = useQuery({
    queryKey: ['transfers', teamId, connectionId, 'under way'],
    queryFn: ({ signal }) =>
      call(listTransfers, {
        params: { teamId },
        query: { connectionId, state: 'open', limit: namesAtOnce },
        signal,
      }),
    enabled,
  });
  const pages = (drops.data?.items ?? []).filter((drop) => drop.connectionId === connectionId);
  const orders = pages.reduce((sum, drop) => sum + drop.orders.total, 0);
  const uploads = open.data?.items ?? [];
  const isMore = open.data !== undefined && open.data.nextCursor !== null;
  const uses = [
    ...useOf(
      plural(sourceCount, 'source'),
      sourceCount,
      (sources.data?.items ?? []).map(({ name }) => name),
      'No image URL works any more.',
    ),
    ...useOf(
      plural(pages.length, 'order page'),
      pages.length,
      pages.slice(0, namesAtOnce).map(({ title }) => title),
      orders === 0
        ? 'No address of a page works any more.'
        : `No address of a page works any more, and the record of ${plural(orders, 'order')} goes too.`,
    ),
    ...useOf(
      `${isMore ? 'more than ' : ''}${plural(uploads.length, 'upload')} under way`,
      uploads.length,
      uploads.map(({ name }) => name),
      'No more of them arrives.',
    ),
  ];
  return { uses, isKnown: !drops.isLoading && !open.isLoading };
};
