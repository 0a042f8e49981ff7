import { getConnection, getConnectionSetup, listConnectionEvents, listConnections } from '@windlass/contract';
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { call, callVersioned } from '../../lib/api.ts';
import { firstPage, nextPage } from '../../lib/paging.ts';

export const connectionsQuery = (teamId: string) =>
  infiniteQueryOptions({
    queryKey: ['connections', teamId],
    queryFn: ({ pageParam, signal }) =>
      call(listConnections, { params: { teamId }, query: pageParam, signal }),
    initialPageParam: firstPage,
    getNextPageParam: nextPage,
  });

/** Up to 200 connections at once, to choose from. */
export const connectionChoicesQuery = (teamId: string) =>
  queryOptions({
    queryKey: ['connections', teamId, 'choices'],
    queryFn: ({ signal }) => call(listConnections, { params: { teamId }, query: { limit: 200 }, signal }),
  });

export const connectionQuery = (teamId: string, connectionId: string) =>
  queryOptions({
    queryKey: ['connection', teamId, connectionId],
    queryFn: ({ signal }) => callVersioned(getConnection, { params: { teamId, connectionId }, signal }),
  });

/** What its documents are made of: external ID, who assumes roles, our origins. */
export const connectionSetupQuery = (teamId: string, connectionId: string) =>
  queryOptions({
    queryKey: ['connection', teamId, connectionId, 'setup'],
    queryFn: ({ signal }) => call(getConnectionSetup, { params: { teamId, connectionId }, signal }),
  });

export const connectionEventsQuery = (teamId: string, connectionId: string) =>
  infiniteQueryOptions({
    queryKey: ['connection-events', teamId, connectionId],
    queryFn: ({ pageParam, signal }) =>
      call(listConnectionEvents, { params: { teamId, connectionId }, query: pageParam, signal }),
    initialPageParam: firstPage,
    getNextPageParam: nextPage,
  });
