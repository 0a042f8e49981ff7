import { checkConnection, listConnections, type CheckRow } from '@windlass/contract';
import { apiFrom } from '../api/api-from.ts';
import { ApiFailure, callApi } from '../api/call-api.ts';
import { findNamed } from '../api/find-named.ts';
import type { CommandOutput, OutputFormat } from '../command-output.ts';
import { formatCheck } from './format-check.ts';

export interface CheckOptions {
  url: string;
  strict?: true;
  format: OutputFormat;
}

/** Returns the exit code: 1 where something failed or is missing, with `strict` also where it is too much. */
export const runCheck = async (
  name: string,
  { url, format, strict }: CheckOptions,
  key: string | undefined,
  output: CommandOutput,
): Promise<number> => {
  const api = apiFrom(url, key, 'team:read and connections:write');
  try {
    const found = await findNamed(
      api,
      (teamId, query) => callApi(api, listConnections, { params: { teamId }, query }),
      name,
    );
    if (found === null) throw new ApiFailure(`There is no connection ${name} in the team of this key.`);
    const { teamId, found: connection } = found;
    const report = await callApi(api, checkConnection, {
      params: { teamId, connectionId: connection.id },
    });
    output.write(
      format === 'json' ? `${JSON.stringify(report, null, 2)}\n` : formatCheck(connection, report, output),
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
