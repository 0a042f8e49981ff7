import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import * as contract from '@windlass/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startLoopbackServer, type LoopbackServer } from '../support/loopback-server.ts';
import { RefusedCall } from '../support/api-client.ts';
import { startPictureServer, type PictureServer } from '../support/picture-server.ts';
import { createRawSender, type RawAnswer } from '../support/raw-request.ts';
import { drawing, plain } from './hostile-pictures/whole-pictures.ts';

/** A listener that nobody may reach: it counts who does. */
interface ForbiddenServer extends AsyncDisposable {
  port: number;
  readonly connections: number;
}

const startForbiddenServer = async (): Promise<ForbiddenServer> => {
  let connections = 0;
  const server = createServer((socket) => {
    connections += 1;
    socket
      .resume()
      .end('HTTP/1.1 200 OK\r\nContent-Type: image/png\r\nContent-Length: 0\r\nConnection: close\r\n\r\n');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  // A TCP server's address is an AddressInfo.
  const { port } = server.address() as AddressInfo;
  return {
    port,
    get connections() {
      return connections;
    },
    [Symbol.asyncDispose]: async () => {
      server.close();
      await once(server, 'close');
    },
  };
};

let forbidden: ForbiddenServer;
let allowed: LoopbackServer;
let pictures: PictureServer;
let source: contract.Source;
/** Request targets that the allowed server saw. */
let asked: string[] = [];
let imagesPort = '';

const expectUntouched = (): void => expect(forbidden.connections).toBe(1);

/** Redirects of the allowed server, by the last segment of the path. */
const redirects = (port: number, own: string): Record<string, string> => ({
  'to-loopback.png': `http://127.0.0.1:${port}/x.png`,
  'to-name.png': `http://localhost:${port}/x.png`,
  'to-number.png': `http://2130706433:${port}/x.png`,
  'to-mapped.png': `http://[::ffff:127.0.0.1]:${port}/x.png`,
  'to-nowhere.png': `http://0.0.0.0:${port}/x.png`,
  'to-scheme-of-ours.png': `//127.0.0.1:${port}/x.png`,
  'to-user.png': `${own.replace('//', '//user:word@')}/media/ok.png`,
  'to-metadata.png': 'http://169.254.169.254/latest/meta-data/',
  'to-private.png': 'https://10.0.0.1/x.png',
  'to-file.png': 'file:///etc/passwd',
});

beforeAll(async () => {
  forbidden = await startForbiddenServer();
  // Whoever may, reaches it and is counted.
  await (await fetch(`http://127.0.0.1:${forbidden.port}/`)).bytes();
  expectUntouched();
  const ok = await plain().png().toBuffer();
  const leading = drawing(`<image href="http://127.0.0.1:${forbidden.port}/x.png" width="9" height="9"/>`);
  allowed = await startLoopbackServer((request, response) => {
    const { url = '' } = request;
    asked.push(url);
    const name = url.slice(url.lastIndexOf('/') + 1);
    const location = redirects(forbidden.port, allowed.url)[name];
    if (location !== undefined) response.writeHead(302, { location }).end();
    else if (url === '/media/hop.png') response.writeHead(302, { location: '/media/to-loopback.png' }).end();
    else if (url === '/media/ok.png') response.end(ok);
    else if (url === '/media/leading.svg') response.end(leading);
    else if (url.startsWith('/media/')) response.writeHead(404).end();
    // What lies beside the folder is as good a picture, so that leaving it would show.
    else response.end(ok);
  });
  pictures = await startPictureServer({ WINDLASS_ALLOW_ENDPOINTS: new URL(allowed.url).host });
  ({ source } = await pictures.addSource({ name: 'web', kind: 'web', webBaseUrl: `${allowed.url}/media/` }));
  imagesPort = new URL(pictures.server.imagesUrl).port;
});
afterAll(async () => {
  await pictures?.[Symbol.asyncDispose]();
  await allowed?.[Symbol.asyncDispose]();
  await forbidden?.[Symbol.asyncDispose]();
});

/** What follows the images origin, byte for byte. */
const ask = (target: string): Promise<RawAnswer> => {
  asked = [];
  return pictures.open(pictures.server.imagesUrl + target);
};

const problemOf = async (call: Promise<unknown>): Promise<contract.Problem | null> => {
  try {
    await call;
    return null;
  } catch (error) {
    if (error instanceof RefusedCall) return error.problem;
    throw error;
  }
};

it('shows a picture of the folder that is allowed: what follows could be reached', async () => {
  expect((await ask('/web/ok.png?width=20')).status).toBe(200);
  expect(asked).toEqual(['/media/ok.png']);
});

describe('a web folder', () => {
  it('may not be where only this machine or its network can reach it', async () => {
    const loopback =
      '127.0.0.1 127.1 2130706433 0x7f000001 0.0.0.0 localhost a.localhost localhost. [::1] [::] [::ffff:127.0.0.1] [64:ff9b::7f00:1]';
    const inner =
      '10.0.0.1 172.16.0.1 192.168.1.1 100.64.0.1 169.254.169.254 198.18.0.1 224.0.0.1 [fe80::1] [fd00:ec2::254] [fc00::1] [::ffff:10.0.0.1] [64:ff9b::a00:1]';
    const places = loopback.split(' ').map((host) => `http://${host}:${forbidden.port}/media/`);
    const networks = inner.split(' ').map((host) => `https://${host}/`);
    const own = [pictures.server.url, pictures.server.imagesUrl, pictures.server.bucketUrl].map(
      (url) => `${url}/`,
    );
    const plainHttp = ['http://192.0.2.1/'];
    for (const webBaseUrl of [...places, ...networks, ...own, ...plainHttp]) {
      const made = await problemOf(pictures.addSource({ name: 'refused', kind: 'web', webBaseUrl }));
      expect([webBaseUrl, made?.status, made?.code]).toEqual([webBaseUrl, 422, 'endpointRefused']);
    }
    expectUntouched();
  });

  it('may not be moved there later', async () => {
    const params = { teamId: pictures.teamId, sourceId: source.id };
    const webBaseUrl = `http://127.0.0.1:${forbidden.port}/media/`;
    await pictures.client.call(contract.getSource, { params });
    const edited = pictures.client.call(
      contract.updateSource,
      { params, body: { webBaseUrl } },
      { 'if-match': pictures.client.lastEtag() },
    );
    expect(await problemOf(edited)).toMatchObject({ status: 422, code: 'endpointRefused' });
    expectUntouched();
  });

  it('has no user name, query or climbing path', async () => {
    const { host } = new URL(allowed.url);
    for (const webBaseUrl of [
      `http://user@${host}/media/`,
      `http://${host}@127.0.0.1:${forbidden.port}/media/`,
      `http://${host}/media/?a=`,
      `http://${host}/media/%2e%2e/`,
      `http://${host}/media/..%2f`,
      `ftp://${host}/media/`,
      'file:///etc/',
    ]) {
      const made = await problemOf(pictures.addSource({ name: 'refused', kind: 'web', webBaseUrl }));
      expect([webBaseUrl, made?.status]).toEqual([webBaseUrl, 400]);
    }
    expectUntouched();
  });

  it('may not redirect to where it could not be', async () => {
    const names = [...Object.keys(redirects(forbidden.port, allowed.url)), 'hop.png'];
    for (const name of names) {
      const { status, bytes } = await ask(`/web/${name}?width=20`);
      expect([name, status]).toEqual([name, 502]);
      expect(asked[0]).toBe(`/media/${name}`);
      // What is behind the redirect is not told to whoever asks.
      expect(bytes.toString()).toBe('502: The origin did not answer as expected\n');
    }
    expectUntouched();
  });
});

describe('the path of a picture', () => {
  it('leads to no other server', async () => {
    const there = `127.0.0.1:${forbidden.port}`;
    const { host } = new URL(allowed.url);
    for (const path of [
      `http://${there}/x.png`,
      `https://${there}/x.png`,
      `http:%2F%2F${there}%2Fx.png`,
      `HTTP://${there}/media/ok.png`,
      `http://${host}@${there}/media/ok.png`,
      `http://${host}%40${there}/media/ok.png`,
      `http://${host}%23@${there}/media/ok.png`,
      `http://${host}%5C@${there}/media/ok.png`,
      `http://user:word@${host}/media/ok.png`,
      `http://${host}.${there}/media/ok.png`,
      `/${there}/x.png`,
      `%2F%2F${there}/x.png`,
      `%5C%5C${there}/x.png`,
      `file:///etc/passwd`,
      `gopher://${there}/x`,
    ]) {
      const { status } = await ask(`/web/${path}?width=20`);
      expect([path, status]).toEqual([path, 404]);
      for (const target of asked) expect(target).toMatch(/^\/media\//);
    }
    expectUntouched();
  });

  it('stays below the folder, however it is spelled', async () => {
    for (const path of [
      '../secret.png',
      '%2e%2e/secret.png',
      '.%2E/secret.png',
      '..%2fsecret.png',
      '%2e%2e%2fsecret.png',
      '..%5csecret.png',
      '..;/secret.png',
      'a/../../secret.png',
      '%252e%252e/secret.png',
      '%252e%252e%252fsecret.png',
      `${allowed.url}/secret.png`,
      `${allowed.url}/media/../secret.png`,
      `${allowed.url}/media/%2e%2e/secret.png`,
      `${allowed.url}/media/%252e%252e/secret.png`,
      `${allowed.url}/mediasecret.png`,
    ]) {
      const { status } = await ask(`/web/${path}?width=20`);
      expect([path, status]).toEqual([path, 404]);
      // What is escaped twice is a name with a percent sign, and stays escaped.
      for (const target of asked)
        expect(decodeURIComponent(target)).not.toMatch(/^\/(?!media\/)|\/\.\.(?:\/|$)/);
    }
  });

  it('is the same in a request target with an authority, and whatever Host says', async () => {
    const there = `http://127.0.0.1:${forbidden.port}`;
    using sender = createRawSender(pictures.server.imagesUrl);
    const targets = [`${there}/web/ok.png?width=21`, `/web/ok.png?width=21`];
    for (const target of targets) {
      const headers = { host: `127.0.0.1:${forbidden.port}`, 'x-forwarded-host': new URL(there).host };
      expect((await sender.send({ method: 'GET', target, headers })).status).toBe(200);
    }
    const connect = { method: 'GET', target: `${there}/x.png`, headers: { host: `127.0.0.1:${imagesPort}` } };
    expect((await sender.send(connect)).status).toBe(404);
    expectUntouched();
  });
});

describe('a picture inside a picture', () => {
  it('is one of a source here, whatever host its URL has', async () => {
    const there = `127.0.0.1:${forbidden.port}`;
    const foreign: [string, number][] = [
      [`http://${there}/x.png`, 404],
      [`http://${there}/x/y.png`, 404],
      [`https://169.254.169.254/latest/meta-data`, 404],
      [`//${there}/x.png`, 404],
      [`http://${there}@${there}/x.png`, 400],
      [`http://[::1]:${forbidden.port}/x.png`, 400],
      ['file:///etc/passwd', 400],
      [`ftp://${there}/x.png`, 400],
      ['data:image/png;base64,AAAA', 400],
      // The source of that name is here: the host is not asked.
      [`http://${there}/web/ok.png`, 200],
    ];
    for (const parameter of ['watermark', 'compose', 'shape']) {
      for (const [url, status] of foreign) {
        const answer = await ask(`/web/ok.png?width=30&${parameter}=${encodeURIComponent(url)}`);
        expect([parameter, url, answer.status]).toEqual([parameter, url, status]);
        for (const target of asked) expect(target).toMatch(/^\/media\//);
      }
    }
    expectUntouched();
  });

  it('and in that one too', async () => {
    const inner = `ok.png?watermark=${encodeURIComponent(`http://127.0.0.1:${forbidden.port}/x.png`)}`;
    const { status } = await ask(`/web/ok.png?width=31&watermark=${encodeURIComponent(inner)}`);
    expect(status).toBe(404);
    expectUntouched();
  });
});

it('a drawing that refers to another server is refused, and the server never hears of it', async () => {
  expect((await ask('/web/leading.svg?width=20')).status).toBe(415);
  expectUntouched();
});

it('a picture shown in place of a missing one is below the folder as well', async () => {
  const fallbackPath = `http://127.0.0.1:${forbidden.port}/x.png`;
  await pictures.addSource({ name: 'falls', kind: 'web', webBaseUrl: `${allowed.url}/media/`, fallbackPath });
  expect((await ask('/falls/missing.png')).status).toBe(404);
  expectUntouched();
});
