import { listSources, type Source, type SourceId, type TeamId } from '@windlass/contract';
import { ApiFailure, callApi, type Api } from '../api/call-api.ts';
import { findNamed } from '../api/find-named.ts';

/** @throws ApiFailure where the team of the key has no such source */
export const findSource = async (api: Api, name: string): Promise<{ teamId: TeamId; sourceId: SourceId }> => {
  const source = await findNamed<Source>(
    api,
    (teamId, query) => callApi(api, listSources, { params: { teamId }, query }),
    name,
  );
  if (source === null) throw new ApiFailure(`There is no source ${name} in the team of this key.`);
  return { teamId: source.teamId, sourceId: source.found.id };
};
