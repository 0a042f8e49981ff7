import { listTransfers, listUploadGrants, type TransferState } from '@windlass/contract';
import { infiniteQueryOptions } from '@tanstack/react-query';
import { call } from '../../lib/api.ts';
import { firstPage, nextPage } from '../../lib/paging.ts';

const isOpen = (state: TransferState): boolean => state === 'open' || state === 'completing';

/** The ledger of one connection; read anew while something is on its way. */
export const transfersQuery = (teamId: string, connectionId: string) =>
  infiniteQueryOptions({
    queryKey: ['transfers', teamId, connectionId],
    queryFn: ({ pageParam, signal }) =>
      call(listTransfers, { params: { teamId }, query: { ...pageParam, connectionId, limit: 10 }, signal }),
    initialPageParam: firstPage,
    getNextPageParam: nextPage,
    refetchInterval: ({ state }) =>
      state.data?.pages.some(({ items }) => items.some((transfer) => isOpen(transfer.state))) === true
        ? 5000
        : false,
  });

/** What people and programs may upload to a connection with at the moment. Orders have a grant each, which are theirs. */
export const uploadGrantsQuery = (teamId: string, connectionId: string) =>
  infiniteQueryOptions({
    queryKey: ['upload-grants', teamId, connectionId],
    queryFn: ({ pageParam, signal }) =>
      call(listUploadGrants, {
        params: { teamId },
        query: { ...pageParam, connectionId, holder: 'team', good: 'true', limit: 10 },
        signal,
      }),
    initialPageParam: firstPage,
    getNextPageParam: nextPage,
  });
