import { QueryCache, QueryClient } from '@tanstack/react-query';
import { ApiProblem, mayPass } from './problem.ts';

/** @param onSignedOut called when a read is refused because the session has ended. */
export const createQueryClient = (onSignedOut: () => void): QueryClient =>
  new QueryClient({
    queryCache: new QueryCache({
      onError: (error, query) => {
        if (error instanceof ApiProblem && error.code === 'notSignedIn' && query.queryKey[0] !== 'me')
          onSignedOut();
      },
    }),
    defaultOptions: {
      queries: {
        staleTime: 15_000, // Asking again at once is no answer to "too many requests".
        retry: (count, error) =>
          count < 2 && error instanceof ApiProblem && error.status !== 429 && mayPass(error),
      },
      mutations: { retry: false },
    },
  });
