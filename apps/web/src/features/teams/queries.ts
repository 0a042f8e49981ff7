import { getTeam, listApiKeys, listInvitations, listMembers } from '@windlass/contract';
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { call, callVersioned } from '../../lib/api.ts';
import { firstPage, nextPage } from '../../lib/paging.ts';

export const teamQuery = (teamId: string) =>
  queryOptions({
    queryKey: ['team', teamId],
    queryFn: ({ signal }) => callVersioned(getTeam, { params: { teamId }, signal }),
  });

export const membersQuery = (teamId: string) =>
  infiniteQueryOptions({
    queryKey: ['members', teamId],
    queryFn: ({ pageParam, signal }) => call(listMembers, { params: { teamId }, query: pageParam, signal }),
    initialPageParam: firstPage,
    getNextPageParam: nextPage,
  });

export const invitationsQuery = (teamId: string) =>
  infiniteQueryOptions({
    queryKey: ['invitations', teamId],
    queryFn: ({ pageParam, signal }) =>
      call(listInvitations, { params: { teamId }, query: pageParam, signal }),
    initialPageParam: firstPage,
    getNextPageParam: nextPage,
  });

export const apiKeysQuery = (teamId: string) =>
  infiniteQueryOptions({
    queryKey: ['api-keys', teamId],
    queryFn: ({ pageParam, signal }) => call(listApiKeys, { params: { teamId }, query: pageParam, signal }),
    initialPageParam: firstPage,
    getNextPageParam: nextPage,
  });
