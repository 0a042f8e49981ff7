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

export const uploadGrantsQuery = (teamId: string) =>
  infiniteQueryOptions({
    queryKey: ['upload-grants', teamId],
    queryFn: ({ pageParam, signal }) =>
      call(listUploadGrants, { params: { teamId }, query: pageParam, signal }),
    initialPageParam: firstPage,
    getNextPageParam: nextPage,
  });
