import { purgeRequest, purgeScopes, purgeSource, type PurgeRequest } from '@windlass/contract';
import { apiFrom } from '../api/api-from.ts';
import { ApiFailure, callApi } from '../api/call-api.ts';
import type { CommandOutput } from '../command-output.ts';
import { UsageError } from '../usage-error.ts';
import { findSource } from './find-source.ts';

export interface PurgeOptions {
  url: string;
  all?: true;
  path?: string;
  prefix?: string;
  tag?: string;
  json?: true;
}

const scopeOf = (options: PurgeOptions): PurgeRequest => {
  const given = purgeScopes.filter((scope) => options[scope] !== undefined);
  const [scope] = given;
  if (scope === undefined || given.length > 1)
    throw new UsageError('give one of --all, --path, --prefix and --tag');
  const read = purgeRequest.safeParse(scope === 'all' ? { scope } : { scope, value: options[scope] });
  if (!read.success) throw new UsageError(`--${scope} ${read.error.issues[0]?.message ?? 'is not right'}`);
  return read.data;
};

/** Returns the exit code. */
export const runPurge = async (
  name: string,
  options: PurgeOptions,
  key: string | undefined,
  output: CommandOutput,
): Promise<number> => {
  const request = scopeOf(options);
  const api = apiFrom(options.url, key, 'team:read, sources:read and sources:write');
  try {
    const params = await findSource(api, name);
    const purge = await callApi(api, purgeSource, { params, body: request });
    const what = request.scope === 'all' ? 'everything' : `${request.scope} ${request.value}`;
    output.write(
      options.json === undefined
        ? `Purged ${what} of ${name}. Servers follow within two seconds; browsers and CDNs keep what they have.\n`
        : `${JSON.stringify(purge, null, 2)}\n`,
    );
    return 0;
  } catch (error) {
    if (!(error instanceof ApiFailure)) throw error;
    output.warn(`error: ${error.message}\n`);
    return 1;
  }
};
