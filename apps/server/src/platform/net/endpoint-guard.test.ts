import { once } from 'node:events';
import { createServer, get, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AppError } from '../../kernel/app-error.ts';
import { createEndpointGuard, type ResolveName } from './endpoint-guard.ts';
import { parseEndpoint } from './endpoint.ts';

const codeOf = async (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => 'ok',
    (error: unknown) => (error instanceof AppError ? error.code : String(error)),
  );
const names =
  (table: Record<string, string[]>): ResolveName =>
  async (host) => {
    const found = table[host];
    if (found === undefined) throw Object.assign(new Error('unknown'), { code: 'ENOTFOUND' });
    return found.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
  };

describe('parseEndpoint', () => {
  it.each([
    ['https://s3.eu-central-1.amazonaws.com', 's3.eu-central-1.amazonaws.com', 443],
    ['https://S3.Example.com:8443/', 's3.example.com', 8443],
    ['http://0x7f.1:9000', '127.0.0.1', 9000],
    ['http://2130706433', '127.0.0.1', 80],
    ['http://0177.0.0.1', '127.0.0.1', 80],
    ['http://[::FFFF:127.0.0.1]:80', '::ffff:7f00:1', 80],
    ['http://①②⑦.0.0.1', '127.0.0.1', 80],
  ])('reads %s', (text, host, port) => expect(parseEndpoint(text)).toMatchObject({ host, port }));

  it.each([
    'ftp://a', 'file:///etc/passwd', 'https://user@a', 'https://user:pass@a', 'https://a/bucket', 'https://a/?x=1',
    'https://a?', 'https://a#x', 'a.b', 'https://', 'http://a:0', 'http://a:99999', 'javascript:alert(1)', '',
  ])('refuses %s', (text) => expect(() => parseEndpoint(text)).toThrow(AppError)); // prettier-ignore

  it('reads any text or refuses it as invalid', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.webUrl({ withQueryParameters: true })), (text) => {
        let outcome: unknown;
        try {
          outcome = parseEndpoint(text).origin;
        } catch (error) {
          outcome = error instanceof AppError ? error.code : error;
        }
        expect(outcome).toMatch(/^(invalidRequest|https?:\/\/[^/?#@]+)$/);
      }),
    );
  });
});

describe('inspect', () => {
  const guard = createEndpointGuard({
    allow: ['allowed.lan', '10.9.0.0/16'],
    resolveName: names({
      'public.example': ['93.184.216.34'],
      'private.example': ['10.0.0.1'],
      'mixed.example': ['93.184.216.34', '127.0.0.1'],
      'allowed.lan': ['192.168.0.5'],
      'cidr.lan': ['10.9.8.7'],
      'metadata.example': ['169.254.169.254'],
      'empty.example': [],
    }),
  });
  it.each([
    ['https://public.example', 'ok'],
    ['https://private.example', 'endpointRefused'],
    ['https://mixed.example', 'endpointRefused'],
    ['https://metadata.example', 'endpointRefused'],
    ['http://allowed.lan:9000', 'ok'],
    ['http://cidr.lan', 'ok'],
    ['http://localhost:9000', 'endpointRefused'],
    ['http://bucket.localhost', 'endpointRefused'],
    ['http://localhost.', 'endpointRefused'],
    ['http://127.1', 'endpointRefused'],
    ['http://[::1]', 'endpointRefused'],
    ['http://[::ffff:10.0.0.1]', 'endpointRefused'],
    ['http://8.8.8.8', 'ok'],
    // Their check will say that they are not there.
    ['https://unknown.example', 'ok'],
    ['https://empty.example', 'ok'],
    ['https://public.example/path', 'invalidRequest'],
  ])('%s: %s', async (endpoint, expected) => expect(await codeOf(guard.inspect(endpoint))).toBe(expected));

  it.each([
    ['https://public.example', 'ok'],
    ['http://public.example', 'endpointRefused'],
    ['http://8.8.8.8', 'endpointRefused'],
    ['https://private.example', 'endpointRefused'],
    ['http://allowed.lan:9000', 'ok'],
    ['http://cidr.lan', 'ok'],
  ])('where TLS is asked for, %s: %s', async (endpoint, expected) =>
    expect(await codeOf(guard.inspect(endpoint, { requireTls: true }))).toBe(expected),
  );
});

const fetchWith = async (
  guard: ReturnType<typeof createEndpointGuard>,
  endpoint: string,
  url = endpoint,
  bucket?: string,
) => {
  const agents = guard.agentsFor(endpoint, bucket === undefined ? {} : { bucket });
  try {
    const request = get(url, { agent: agents.httpAgent });
    // The first argument of 'response' is the message.
    const [response] = (await once(request, 'response')) as [IncomingMessage];
    response.resume();
    return response.statusCode;
  } finally {
    agents.destroy();
  }
};

describe('agentsFor', () => {
  const hostsSeen: (string | undefined)[] = [];
  const server = createServer((request, response) => {
    hostsSeen.push(request.headers.host);
    response.end('here');
  });
  let port = 0;
  beforeAll(async () => {
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    // A TCP server's address is an AddressInfo.
    port = (server.address() as AddressInfo).port;
  });
  afterAll(() => server.close());

  it('connects to the judged address and keeps the name in Host', async () => {
    const guard = createEndpointGuard({
      allow: [`s3.lan:${port}`],
      resolveName: names({ 's3.lan': ['127.0.0.1'], 'photos.s3.lan': ['127.0.0.1'] }),
    });
    expect(await fetchWith(guard, `http://s3.lan:${port}`)).toBe(200);
    expect(await fetchWith(guard, `http://s3.lan:${port}`, `http://photos.s3.lan:${port}`, 'photos')).toBe(
      200,
    );
    expect(hostsSeen.slice(-2)).toEqual([`s3.lan:${port}`, `photos.s3.lan:${port}`]);
  });

  it('refuses at the moment of use what was harmless when it was saved', async () => {
    let address = '93.184.216.34';
    const guard = createEndpointGuard({ allow: [], resolveName: async () => [{ address, family: 4 }] });
    const endpoint = `http://rebind.example:${port}`;
    expect(await codeOf(guard.inspect(endpoint))).toBe('ok');
    address = '127.0.0.1';
    const before = hostsSeen.length;
    expect(await codeOf(fetchWith(guard, endpoint))).toBe('endpointRefused');
    expect(hostsSeen).toHaveLength(before);
  });

  it('asks DNS once for many connections', async () => {
    let asked = 0;
    const guard = createEndpointGuard({
      allow: ['127.0.0.1'],
      resolveName: async () => {
        asked += 1;
        return [{ address: asked === 1 ? '127.0.0.1' : '10.0.0.1', family: 4 }];
      },
    });
    const endpoint = `http://flip.example:${port}`;
    const agents = guard.agentsFor(endpoint);
    const statuses = await Promise.all(
      [1, 2, 3].map(async () => {
        const request = get(endpoint, { agent: agents.httpAgent, headers: { connection: 'close' } });
        // The first argument of 'response' is the message.
        const [response] = (await once(request, 'response')) as [IncomingMessage];
        response.resume();
        return response.statusCode;
      }),
    );
    agents.destroy();
    expect(statuses).toEqual([200, 200, 200]);
    expect(asked).toBe(1);
  });

  it('goes to no other host, by name or by address', async () => {
    const guard = createEndpointGuard({
      allow: ['s3.lan', '127.0.0.1'],
      resolveName: names({ 's3.lan': ['127.0.0.1'] }),
    });
    const before = hostsSeen.length;
    for (const url of [`http://other.lan:${port}`, `http://127.0.0.1:${port}`, `http://[::1]:${port}`]) {
      expect(await codeOf(fetchWith(guard, `http://s3.lan:${port}`, url))).toBe('endpointRefused');
    }
    expect(hostsSeen).toHaveLength(before);
  });

  it('refuses an address in the URL that is not allowed, and reaches one that is', async () => {
    expect(await codeOf(fetchWith(createEndpointGuard({ allow: [] }), `http://127.0.0.1:${port}`))).toBe(
      'endpointRefused',
    );
    expect(await fetchWith(createEndpointGuard({ allow: ['127.0.0.0/8'] }), `http://127.0.0.1:${port}`)).toBe(
      200,
    );
    expect(
      await fetchWith(createEndpointGuard({ allow: [`127.0.0.1:${port}`] }), `http://127.0.0.1:${port}`),
    ).toBe(200);
  });
});
