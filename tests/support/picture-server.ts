import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import * as contract from '@windlass/contract';
import type { z } from 'zod';
import { signedIn, type ApiClient } from './api-client.ts';
import { bucketKeys, owner, ownerEnvironment } from './owner.ts';
import { createRawSender, type RawAnswer } from './raw-request.ts';
import type { ServerProcess } from './server-process.ts';
import { startSharedPostgresServer } from './shared-postgres-server.ts';

type SavedSource = z.output<typeof contract.createSource.response>;

/** A server as a person runs it, with one bucket and whatever sources a test makes. */
export interface PictureServer extends AsyncDisposable {
  server: ServerProcess;
  client: ApiClient;
  teamId: contract.TeamId;
  put(key: string, bytes: Uint8Array): Promise<void>;
  /** On the bucket, unless the settings say otherwise. */
  addSource(settings: Omit<z.input<typeof contract.createSource.body>, 'connectionId'>): Promise<SavedSource>;
  /**
   * Asks the images listener for a URL byte for byte, with its host in the Host header, wherever that name leads: URL
   * and fetch would tidy the path first.
   */
  open(url: string, headers?: Record<string, string>): Promise<RawAnswer>;
}

const bucket = 'pictures';

/** Scheme and authority, and what follows them on the wire. */
const splitUrl = (url: string): { host: string; target: string } => {
  const [, host, rest] = /^https?:\/\/([^/?#]*)(.*)$/s.exec(url) ?? [];
  if (host === undefined || rest === undefined) throw new Error(`${url} is no URL`);
  return { host, target: rest.startsWith('/') ? rest : `/${rest}` };
};

/**
 * @param env over the usual settings: an owner, the embedded bucket with known keys, no demo
 * @example
 * await using pictures = await startPictureServer();
 * await pictures.put('a.jpg', bytes);
 * await pictures.addSource({ name: 'shop' });
 * await pictures.open(`${pictures.server.imagesUrl}/shop/a.jpg?width=200`);
 */
export const startPictureServer = async (env: Record<string, string> = {}): Promise<PictureServer> => {
  await using stack = new AsyncDisposableStack();
  const server = stack.use(await startSharedPostgresServer({ env: { ...ownerEnvironment, ...env } }));
  const s3 = new S3Client({
    endpoint: server.bucketUrl,
    region: 'us-east-1',
    forcePathStyle: true,
    credentials: bucketKeys,
  });
  stack.defer(() => s3.destroy());
  await s3.send(new CreateBucketCommand({ Bucket: bucket }));
  const client = await signedIn(server.url, owner.email, owner.password);
  const { memberships } = await client.call(contract.getMe, {});
  const teamId = memberships[0]?.teamId;
  if (teamId === undefined) throw new Error('The owner has no team');
  const { id: connectionId } = await client.call(contract.createConnection, {
    params: { teamId },
    body: {
      name: bucket,
      provider: 'other',
      bucket,
      endpoint: server.bucketUrl,
      addressing: 'path',
      credentials: bucketKeys,
    },
  });
  const sender = stack.use(createRawSender(server.imagesUrl));
  const owned = stack.move();
  return {
    server,
    client,
    teamId,
    put: async (key, bytes) => {
      await s3.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: bytes }));
    },
    addSource: ({ kind = 'connection', ...settings }) =>
      client.call(contract.createSource, {
        params: { teamId },
        body: { ...settings, kind, connectionId: kind === 'connection' ? connectionId : null },
      }),
    open: (url, headers = {}) => {
      const { host, target } = splitUrl(url);
      return sender.send({ method: 'GET', target, headers: { host, ...headers } });
    },
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
};
