import { getEmbeddedBucket } from '@windlass/contract';
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '../../lib/api.ts';

/** Null for a team that has none. */
export const embeddedBucketQuery = (teamId: string) =>
  queryOptions({
    queryKey: ['embedded-bucket', teamId],
    queryFn: async ({ signal }) => (await call(getEmbeddedBucket, { params: { teamId }, signal })).account,
  });

/** A change of the account; afterwards all of it is read anew. */
export const useAccountChange = <Input, Result>(
  teamId: string,
  change: (input: Input) => Promise<Result>,
  onDone?: (result: Result) => void,
) => {
  const client = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: async (result) => {
      await client.invalidateQueries({ queryKey: ['embedded-bucket', teamId] });
      onDone?.(result);
    },
  });
};
