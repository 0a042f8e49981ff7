import { referenceSigner } from './reference-signer.ts';
import type { StartedBucket } from './start-bucket.ts';

/** The head of a request as the bucket's user signs it, for whatever `hash` says the body is. */
export async function signHead(
  { server, user }: Pick<StartedBucket, 'server' | 'user'>,
  method: string,
  path: string,
  headers: Record<string, string>,
  hash: string,
  query: Record<string, string> = {},
): Promise<string> {
  const signed = await referenceSigner(user, 'us-east-1').sign({
    method,
    path,
    query,
    protocol: 'http:',
    hostname: '127.0.0.1',
    headers: { host: `127.0.0.1:${server.port}`, 'x-amz-content-sha256': hash, ...headers },
  });
  const text = Object.entries(query).map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
  const lines = Object.entries(signed.headers).map(([name, value]) => `${name}: ${value}\r\n`);
  return `${method} ${path}${text.length === 0 ? '' : `?${text.join('&')}`} HTTP/1.1\r\n${lines.join('')}\r\n`;
}
