import { getMe, getSetup, listSessions } from '@windlass/contract';
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { call } from '../../lib/api.ts';
import { firstPage, nextPage } from '../../lib/paging.ts';

/** Who is signed in, with their teams. Fails with `notSignedIn` for a stranger. */
export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: ({ signal }) => call(getMe, { signal }),
  staleTime: 60_000,
});

/** Is an owner needed, which ways in there are, where the images are, whether mails go. */
export const setupQuery = queryOptions({
  queryKey: ['setup'],
  queryFn: ({ signal }) => call(getSetup, { signal }),
  staleTime: 60_000,
});

/** The sessions of whoever is signed in. The call has no paging: one page holds them all. */
export const sessionsQuery = infiniteQueryOptions({
  queryKey: ['sessions'],
  queryFn: ({ signal }) => call(listSessions, { signal }),
  initialPageParam: firstPage,
  getNextPageParam: nextPage,
});
