import { useMutation, useQueryClient } from '@tanstack/react-query';
import { updateSource, type OperationCall, type Source } from '@windlass/contract';
import { call } from '../../lib/api.ts';
import { useTeam } from '../teams/current-team.tsx';

export type SourceChange = NonNullable<OperationCall<typeof updateSource>['body']>;

/** Edits a source; the ETag goes along, so that nobody's change is lost, and what shows the source follows. */
export const useSaveSource = (source: Source, etag: string | null) => {
  const { teamId } = useTeam();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: SourceChange) =>
      call(updateSource, {
        params: { teamId, sourceId: source.id },
        body,
        ...(etag === null ? {} : { ifMatch: etag }),
      }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['source', teamId, source.id] });
      await client.invalidateQueries({ queryKey: ['sources', teamId] });
    },
  });
};
