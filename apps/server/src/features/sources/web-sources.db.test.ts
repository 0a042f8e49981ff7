import { text as readText } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startLoopbackServer, type LoopbackServer } from '../../../../../tests/support/loopback-server.ts';
import { codeOf, createSourceScene, type SourceScene } from '../../../../../tests/support/source-scene.ts';

let scene: SourceScene;
let server: LoopbackServer;
let base: string;
let status = 404;
const signal = AbortSignal.timeout(110_000);
beforeAll(async () => {
  server = await startLoopbackServer((request, response) => {
    if (request.url === '/media/shop/a%20b.jpg') response.end('picture');
    else response.writeHead(status).end();
  });
  base = `${server.url}/media`;
  scene = await createSourceScene();
});
afterAll(async () => {
  await scene[Symbol.asyncDispose]();
  await server[Symbol.asyncDispose]();
});

const web = (webBaseUrl: unknown, changes: object = {}) =>
  scene.create({ kind: 'web', connectionId: null, webBaseUrl, ...changes });

describe('a source on a web folder', () => {
  it('is made without a word where its server answers, whatever that says', async () => {
    const { source, warnings } = await web(base, { prefix: 'shop/' });
    expect(warnings).toEqual([]);
    expect(source).toMatchObject({
      kind: 'web',
      connectionId: null,
      connectionName: null,
      webBaseUrl: `${base}/`,
      baseUrl: `http://localhost:7401/${source.name}`,
    });
    const resolved = await scene.sources.resolveSource(source.name);
    expect(resolved?.origin).toEqual({ kind: 'web', baseUrl: `${base}/` });
    const origin = await scene.sources.openOrigin(resolved!);
    expect(origin.id).toBe(resolved?.originId);
    const found = await origin.open('shop/a b.jpg', { signal, maxBytes: 100 });
    expect(await readText(found!.body)).toBe('picture');
    expect(await codeOf(origin.head('shop/none.jpg', { signal }))).toBe('notFound');
  });

  it('is made with a warning where its server has trouble or is not there', async () => {
    status = 503;
    expect((await web(base)).warnings).toMatchObject([
      { path: 'webBaseUrl', message: expect.stringContaining('503') },
    ]);
    status = 404;
    const { source, warnings } = await web('http://127.0.0.1:9/');
    expect(warnings).toMatchObject([
      { path: 'webBaseUrl', message: expect.stringContaining('refused the connection') },
    ]);
    // Only an edit that names the address tries it again.
    expect((await scene.edit(source, { maxAgeSeconds: 1 })).warnings).toEqual([]);
    expect((await scene.edit(source, { webBaseUrl: base })).warnings).toEqual([]);
  });

  it.each([
    'http://10.0.0.1/',
    'https://169.254.169.254/latest',
    'http://8.8.8.8/',
    'http://localhost:7401/demo',
    'http://demo.images.localhost:7401/',
  ])('is refused at %s, and the field is named', async (address) => {
    await expect(web(address)).rejects.toMatchObject({
      code: 'endpointRefused',
      errors: [{ path: 'webBaseUrl' }],
    });
    const { source } = await web(base);
    expect(await codeOf(scene.edit(source, { webBaseUrl: address }))).toBe('endpointRefused');
  });

  it.each([
    'ftp://127.0.0.1/', 'https://user@www.example.com/', 'https://www.example.com/?a=1', 'https://www.example.com/?',
    'https://www.example.com/#a', 'https://www.example.com/%2e%2e/a', 'https://www.example.com/a%2fb', '/media',
  ])('takes no %s', (address) => {
    expect(() => scene.settings({ kind: 'web', connectionId: null, webBaseUrl: address })).toThrow('webBaseUrl');
  }); // prettier-ignore

  it('has the place of its kind, and no other', async () => {
    const { id } = scene.connection;
    expect(await codeOf(web(null))).toBe('invalidRequest');
    expect(await codeOf(web(base, { connectionId: id }))).toBe('invalidRequest');
    expect(await codeOf(scene.create({ webBaseUrl: base }))).toBe('invalidRequest');
    expect(await codeOf(scene.create({ connectionId: null }))).toBe('invalidRequest');
    const { source } = await web(base);
    expect(await codeOf(scene.edit(source, { connectionId: id }))).toBe('invalidRequest');
    expect(await codeOf(scene.edit(source, { kind: 'connection' }))).toBe('invalidRequest');
  });

  it('moves to a connection and back under the same name, and its pictures are then others', async () => {
    const { source } = await web(base);
    const originId = async () => (await scene.sources.resolveSource(source.name))?.originId;
    const first = await originId();
    const moved = await scene.edit(source, { kind: 'connection', connectionId: scene.connection.id });
    expect(moved.source).toMatchObject({ kind: 'connection', connectionName: 'photos', webBaseUrl: null });
    expect(await originId()).not.toBe(first);
    await scene.edit(source, { kind: 'web', webBaseUrl: base });
    expect(await originId()).toBe(first);
  });

  it('cannot be listed, and says so', async () => {
    const { source } = await web(base);
    const listing = scene.sources.listObjects(
      scene.actors.member,
      scene.at(source),
      { limit: 1, prefix: '' },
      signal,
    );
    await expect(listing).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('listed'),
    });
  });
});
