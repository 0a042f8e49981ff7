import { useMutation, useQueryClient } from '@tanstack/react-query';
import { checkConnection } from '@windlass/contract';
import { call } from '../../lib/api.ts';

/** A bucket that does not answer makes each row wait for its own time limit. */
const checkTimeoutMilliseconds = 120_000;

/** Runs the check of a connection and refreshes what shows its state. */
export const useCheck = (teamId: string, connectionId: string) => {
  const client = useQueryClient();
  return useMutation({
    mutationKey: ['check', connectionId],
    mutationFn: () =>
      call(checkConnection, {
        params: { teamId, connectionId },
        timeoutMilliseconds: checkTimeoutMilliseconds,
      }),
    onSettled: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: ['connection', teamId, connectionId] }),
        client.invalidateQueries({ queryKey: ['connections', teamId] }),
      ]),
  });
};
