import {
  createApiKey,
  createConnection,
  createUploadGrant,
  listTeams,
  type ConnectionId,
  type TeamId,
} from '@windlass/contract';
import { signedIn, type ApiClient } from '../../tests/support/api-client.ts';
import { owner, ownerEnvironment } from '../../tests/support/owner.ts';
import { startServer, type ServerProcess } from '../../tests/support/server-process.ts';
import type { Target } from './target.ts';

/** A running Windlass with a connection to every target. */
export interface WindlassScene extends AsyncDisposable {
  server: ServerProcess;
  apiKey: string;
  connectionOf(target: Target): string;
  grantOf(target: Target, prefix: string): Promise<string>;
}

export const startWindlass = async (targets: readonly Target[]): Promise<WindlassScene> => {
  const server = await startServer({
    env: { ...ownerEnvironment, WINDLASS_DEMO: 'false', WINDLASS_ALLOW_ENDPOINTS: '127.0.0.1' },
  });
  try {
    const client = await signedIn(server.url, owner.email, owner.password);
    const { items } = await client.call(listTeams, {});
    const teamId = items[0]?.id;
    if (teamId === undefined) throw new Error('The owner has no team.');
    const connections = new Map<Target, { id: ConnectionId; name: string }>();
    for (const [index, target] of targets.entries())
      connections.set(target, await connect(client, teamId, target, `target-${index}`));
    const { secret } = await client.call(createApiKey, {
      params: { teamId },
      body: { name: 'bench', scopes: ['team:read', 'connections:read', 'transfers:write'] },
    });
    const of = (target: Target) => {
      const found = connections.get(target);
      if (found === undefined) throw new Error('There is no connection to this target.');
      return found;
    };
    return {
      server,
      apiKey: secret,
      connectionOf: (target) => of(target).name,
      grantOf: async (target, prefix) =>
        (
          await client.call(createUploadGrant, {
            params: { teamId },
            body: { connectionId: of(target).id, prefix },
          })
        ).token,
      [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
    };
  } catch (error) {
    await server[Symbol.asyncDispose]();
    throw error;
  }
};

const connect = async (
  client: ApiClient,
  teamId: TeamId,
  { server, bucket, provider }: Target,
  name: string,
): Promise<{ id: ConnectionId; name: string }> =>
  client.call(createConnection, {
    params: { teamId },
    body: {
      name,
      // As a person would say what it is: what is known of a server spares questions to it.
      provider,
      bucket,
      endpoint: server.endpoint,
      addressing: 'path',
      jobs: ['ingest'],
      checkEveryHours: 0,
      credentials: { kind: 'accessKey', ...server.keys },
    },
  });
