import { listTeams, type TeamId } from '@windlass/contract';
import { callApi, type Api } from './call-api.ts';

const pageSize = 100;

/** One page of a team's list, e.g. `(teamId, query) => callApi(api, listSources, { params: { teamId }, query })`. */
type ListPage<T> = (
  teamId: TeamId,
  query: { limit: number; cursor?: string },
) => Promise<{ items: T[]; nextCursor: string | null }>;

/**
 * What has this name in the team of the key: a key belongs to one team, and a name is taken once in a team.
 *
 * @returns null where nothing has it
 * @throws ApiFailure
 */
export const findNamed = async <T extends { name: string }>(
  api: Api,
  list: ListPage<T>,
  name: string,
): Promise<{ teamId: TeamId; found: T } | null> => {
  const teams = await callApi(api, listTeams, {});
  for (const { id: teamId } of teams.items) {
    let cursor: string | null = null;
    do {
      const page: Awaited<ReturnType<ListPage<T>>> = await list(teamId, {
        limit: pageSize,
        ...(cursor === null ? {} : { cursor }),
      });
      const found = page.items.find((one) => one.name === name);
      if (found !== undefined) return { teamId, found };
      cursor = page.nextCursor;
    } while (cursor !== null);
  }
  return null;
};
