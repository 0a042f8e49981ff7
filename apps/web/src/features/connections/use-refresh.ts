import { useQueryClient } from '@tanstack/react-query';

/** Reads again whatever shows a connection, after something changed it. */
export const useRefreshConnection = (teamId: string, connectionId: string) => {
  const client = useQueryClient();
  return () =>
    Promise.all(
      [
        ['connection', teamId, connectionId],
        ['connection-events', teamId, connectionId],
        ['connections', teamId],
      ].map((queryKey) => client.invalidateQueries({ queryKey })),
    );
};
