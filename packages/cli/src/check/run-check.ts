import {
  checkConnection,
  listConnections,
  listTeams,
  type CheckRow,
  type Connection,
  type TeamId,
} from '@windlass/contract';
import type { CommandOutput, OutputFormat } from '../command-output.ts';
import { UsageError } from '../usage-error.ts';
import { ApiFailure, callApi, type Api } from './call-api.ts';
import { formatCheck } from './format-check.ts';

export interface CheckOptions {
  url: string;
  strict?: true;
  format: OutputFormat;
}

const pageSize = 100;

/** Returns the exit code: 1 where something failed or is missing, with `strict` also where it is too much. */
export const runCheck = async (
  name: string,
  { url, format, strict }: CheckOptions,
  key: string | undefined,
  output: CommandOutput,
): Promise<number> => {
  if (key === undefined || key === '')
    throw new UsageError(
      'set WINDLASS_API_KEY to an API key with the scopes team:read and connections:write',
    );
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol))
    throw new UsageError(`--url takes an http or https address, not ${url}`);
  const api = { url, key };
  try {
    const found = await findConnection(api, name);
    if (found === null) throw new ApiFailure(`There is no connection ${name} in the team of this key.`);
    const report = await callApi(api, checkConnection, {
      params: { teamId: found.teamId, connectionId: found.connection.id },
    });
    output.write(
      format === 'json'
        ? `${JSON.stringify(report, null, 2)}\n`
        : formatCheck(found.connection, report, output),
    );
    const bad = ({ state }: CheckRow): boolean =>
      state === 'failed' || state === 'missing' || (strict === true && state === 'excess');
    return report.rows.some(bad) ? 1 : 0;
  } catch (error) {
    if (!(error instanceof ApiFailure)) throw error;
    output.warn(`error: ${error.message}\n`);
    return 1;
  }
};

/** A key belongs to one team, and a name is taken once in a team. */
const findConnection = async (
  api: Api,
  name: string,
): Promise<{ teamId: TeamId; connection: Connection } | null> => {
  const teams = await callApi(api, listTeams, {});
  for (const { id: teamId } of teams.items) {
    let cursor: string | null = null;
    do {
      const page: { items: Connection[]; nextCursor: string | null } = await callApi(api, listConnections, {
        params: { teamId },
        query: { limit: pageSize, ...(cursor === null ? {} : { cursor }) },
      });
      const connection = page.items.find((one) => one.name === name);
      if (connection !== undefined) return { teamId, connection };
      cursor = page.nextCursor;
    } while (cursor !== null);
  }
  return null;
};
