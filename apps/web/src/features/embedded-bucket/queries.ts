import { getEmbeddedBucket } from '@windlass/contract';
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '../../lib/api.ts';

export const embeddedBucketQuery = (teamId: string) =>
  queryOptions({
    queryKey: ['embedded-bucket', teamId],
    queryFn: ({ signal }) => call(getEmbeddedBucket, { params: { teamId }, signal }),
    // A team without one is told so by 404, which does not pass.
    retry: false,
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
