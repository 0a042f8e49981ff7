import {
  buildImageUrl,
  getSource,
  listPurges,
  listSourceObjects,
  listSources,
  sourceUsage,
  type UsageRange,
} from '@windlass/contract';
import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { call, callVersioned } from '../../lib/api.ts';
import { firstPage, nextPage } from '../../lib/paging.ts';

export const sourcesQuery = (teamId: string, connectionId?: string) =>
  infiniteQueryOptions({
    queryKey: ['sources', teamId, connectionId ?? 'all'],
    queryFn: ({ pageParam, signal }) =>
      call(listSources, {
        params: { teamId },
        query: { ...pageParam, ...(connectionId === undefined ? {} : { connectionId }) },
        signal,
      }),
    initialPageParam: firstPage,
    getNextPageParam: nextPage,
  });

export const sourceQuery = (teamId: string, sourceId: string) =>
  queryOptions({
    queryKey: ['source', teamId, sourceId],
    queryFn: ({ signal }) => callVersioned(getSource, { params: { teamId, sourceId }, signal }),
  });

export const sourceObjectsQuery = (teamId: string, sourceId: string, prefix: string) =>
  infiniteQueryOptions({
    queryKey: ['source-objects', teamId, sourceId, prefix],
    queryFn: ({ pageParam, signal }) =>
      call(listSourceObjects, {
        params: { teamId, sourceId },
        query: { ...pageParam, prefix, limit: 60 },
        signal,
      }),
    initialPageParam: firstPage,
    getNextPageParam: nextPage,
  });

/** The URL of a picture; signed by the server where the source is secured. Signatures do not change, so it is kept. */
export const imageUrlQuery = (
  teamId: string,
  sourceId: string,
  path: string,
  parameters: Readonly<Record<string, string>>,
) =>
  queryOptions({
    queryKey: ['image-url', teamId, sourceId, path, parameters],
    queryFn: ({ signal }) =>
      call(buildImageUrl, { params: { teamId, sourceId }, body: { path, parameters }, signal }),
    staleTime: 5 * 60_000,
    placeholderData: keepPreviousData,
  });

export const purgesQuery = (teamId: string, sourceId: string) =>
  infiniteQueryOptions({
    queryKey: ['source-purges', teamId, sourceId],
    queryFn: ({ pageParam, signal }) =>
      call(listPurges, { params: { teamId, sourceId }, query: { ...pageParam, limit: 10 }, signal }),
    initialPageParam: firstPage,
    getNextPageParam: nextPage,
  });

/** Counted by the hour and written every 15 seconds: asked for again while somebody looks. */
export const usageQuery = (teamId: string, sourceId: string, range: UsageRange) =>
  queryOptions({
    queryKey: ['source-usage', teamId, sourceId, range],
    queryFn: ({ signal }) => call(sourceUsage, { params: { teamId, sourceId }, query: { range }, signal }),
    refetchInterval: 30_000,
    placeholderData: keepPreviousData,
  });
