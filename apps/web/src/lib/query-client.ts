import { QueryCache, QueryClient } from '@tanstack/react-query';
import { ApiProblem } from './problem.ts';

const mayPass = (error: unknown): boolean =>
  error instanceof ApiProblem && (error.status === 0 || error.status >= 500);

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
      queries: { staleTime: 15_000, retry: (count, error) => count < 2 && mayPass(error) },
      mutations: { retry: false },
    },
  });
