import { useMutation, useQueryClient } from '@tanstack/react-query';
import { getDrop, updateDrop, type Drop, type OperationCall } from '@windlass/contract';
import { callVersioned } from '../../lib/api.ts';
import { useTeam } from '../teams/current-team.tsx';

export type DropChange = NonNullable<OperationCall<typeof updateDrop>['body']>;

/**
 * Edits an order page, and what shows it follows. The ETag goes along, so that nobody's change is lost; without one (a
 * card of the list, whose button changes one setting) the page is read first.
 */
export const useSaveDrop = (drop: Drop, etag: string | null) => {
  const { teamId } = useTeam();
  const client = useQueryClient();
  const params = { teamId, dropId: drop.id };
  return useMutation({
    mutationFn: async (body: DropChange) => {
      const ifMatch = etag ?? (await callVersioned(getDrop, { params })).etag;
      return callVersioned(updateDrop, { params, body, ...(ifMatch === null ? {} : { ifMatch }) });
    },
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['drop', teamId, drop.id] });
      await client.invalidateQueries({ queryKey: ['drops', teamId] });
    },
  });
};
