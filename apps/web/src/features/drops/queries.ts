import { getDrop, listDrops, listFormVersions } from '@windlass/contract';
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { call, callVersioned } from '../../lib/api.ts';
import { firstPage, nextPage } from '../../lib/paging.ts';

/** The cards; customers send orders while somebody looks, so it is read anew now and then. */
export const dropsQuery = (teamId: string) =>
  infiniteQueryOptions({
    queryKey: ['drops', teamId],
    queryFn: ({ pageParam, signal }) => call(listDrops, { params: { teamId }, query: pageParam, signal }),
    initialPageParam: firstPage,
    getNextPageParam: nextPage,
    refetchInterval: 60_000,
  });

/** Up to 200 order pages at once, to choose from. */
export const dropChoicesQuery = (teamId: string) =>
  queryOptions({
    queryKey: ['drops', teamId, 'choices'],
    queryFn: ({ signal }) => call(listDrops, { params: { teamId }, query: { limit: 200 }, signal }),
  });

export const dropQuery = (teamId: string, dropId: string) =>
  queryOptions({
    queryKey: ['drop', teamId, dropId],
    queryFn: ({ signal }) => callVersioned(getDrop, { params: { teamId, dropId }, signal }),
  });

export const formVersionsQuery = (teamId: string, dropId: string) =>
  queryOptions({
    queryKey: ['drop', teamId, dropId, 'forms'],
    queryFn: ({ signal }) => call(listFormVersions, { params: { teamId, dropId }, signal }),
  });
