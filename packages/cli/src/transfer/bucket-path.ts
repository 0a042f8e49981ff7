import { listConnections, type Connection, type TeamId } from '@windlass/contract';
import { ApiFailure, callApi, type Api } from '../api/call-api.ts';
import { findNamed } from '../api/find-named.ts';
import { UsageError } from '../usage-error.ts';

/** A place in a connection, as the command line writes it. */
export interface BucketPath {
  connection: string;
  /** Below the connection's own prefix; empty for all of it. */
  path: string;
}

/**
 * @example parseBucketPath('lab/orders/26-00042/') // { connection: 'lab', path: 'orders/26-00042/' }
 * @throws UsageError
 */
export const parseBucketPath = (text: string): BucketPath => {
  const [, connection = '', path = ''] = /^([^/]*)\/?(.*)$/s.exec(text) ?? [];
  if (connection === '') throw new UsageError(`${JSON.stringify(text)} names no connection`);
  if (path.split('/').some((segment) => segment === '.' || segment === '..'))
    throw new UsageError(`${JSON.stringify(text)} may not hold the segments . and ..`);
  return { connection, path };
};

/** The same as a prefix: empty, or with a slash at its end. */
export const prefixOf = ({ path }: BucketPath): string =>
  path === '' || path.endsWith('/') ? path : `${path}/`;

/** @throws ApiFailure where the team of the key has no such connection */
export const findConnection = async (
  api: Api,
  name: string,
): Promise<{ teamId: TeamId; connection: Connection }> => {
  const found = await findNamed<Connection>(
    api,
    (teamId, query) => callApi(api, listConnections, { params: { teamId }, query }),
    name,
  );
  if (found === null) throw new ApiFailure(`There is no connection ${name} in the team of this key.`);
  return { teamId: found.teamId, connection: found.found };
};
