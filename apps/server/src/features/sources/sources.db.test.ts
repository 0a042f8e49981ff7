import { createConnection, type Connection, type Source } from '@windlass/contract';
import { text as readText } from 'node:stream/consumers';
import { verifySignature } from '@windlass/images';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { codeOf, createSourceScene, type SourceScene } from '../../../../../tests/support/source-scene.ts';
import { revealKeys } from './keys/signing-keys.ts';

let scene: SourceScene;
let connection: Connection;
const signal = AbortSignal.timeout(110_000);
beforeAll(async () => {
  scene = await createSourceScene();
  ({ connection } = scene);
});
afterAll(() => scene[Symbol.asyncDispose]());

const settings = (changes?: Record<string, unknown>) => scene.settings(changes);
const create = (changes?: Record<string, unknown>) => scene.create(changes);
const at = (source: Source) => scene.at(source);
const edit = (source: Source, given: object) => scene.edit(source, given);

describe('a source', () => {
  it('is made with defaults and both addresses', async () => {
    const { source, signingKeys } = await create({ name: 'pictures' });
    expect(source).toMatchObject({
      name: 'pictures',
      connectionName: 'photos',
      secured: false,
      maxAgeSeconds: 86_400,
      baseUrl: 'http://localhost:7401/pictures',
      hostUrl: 'http://pictures.images.localhost:7401',
      signingKeySetAt: null,
    });
    expect(signingKeys).toBeNull();
  });

  it.each(['healthz', 'metrics', 'api', 'xn--80ak6aa92e', 'www'])('may not be called %s', async (name) => {
    expect(await codeOf(create({ name }))).toBe('nameTaken');
  });

  it('has a name that no other team may use too', async () => {
    const { source } = await create();
    const theirs = await scene.connections.create(
      scene.actors.stranger,
      scene.otherTeamId,
      createConnection.body.parse({
        name: 'photos',
        provider: 'other',
        bucket: 'photos',
        endpoint: scene.bucket.url,
        addressing: 'path',
      }),
    );
    const taken = settings({ name: source.name, connectionId: theirs.id });
    expect(await codeOf(scene.sources.create(scene.actors.stranger, scene.otherTeamId, taken))).toBe(
      'nameTaken',
    );
  });

  it('stands on its own team’s connections only, also after an edit', async () => {
    const stolen = settings();
    expect(await codeOf(scene.sources.create(scene.actors.stranger, scene.otherTeamId, stolen))).toBe(
      'notFound',
    );
    const theirs = await scene.connections.list(scene.actors.stranger, scene.otherTeamId, { limit: 1 });
    const { source } = await create();
    expect(await codeOf(edit(source, { connectionId: theirs.items[0]!.id }))).toBe('notFound');
    // Even a statement that forgets to ask is stopped by the schema.
    const forced = scene.db
      .updateTable('sources')
      .set({ connectionId: theirs.items[0]!.id })
      .where('id', '=', source.id)
      .execute();
    await expect(forced).rejects.toThrow('sources_connection_fkey');
  });

  it.each(['width=x', 'format=bmp', '%zz', 'background-color=nocolor'])(
    'refuses the default parameters %s',
    async (defaultParameters) => {
      expect(await codeOf(create({ defaultParameters }))).toBe('invalidRequest');
      const { source } = await create();
      expect(await codeOf(edit(source, { defaultParameters }))).toBe('invalidRequest');
    },
  );

  it('refuses presets that no request could use, and names them', async () => {
    const bad = { presets: { good: 'width=10', bad: 'width=x' } };
    const { source } = await create();
    for (const refused of [() => create(bad), () => edit(source, bad)]) {
      await expect(refused()).rejects.toMatchObject({
        code: 'invalidRequest',
        errors: [{ path: 'presets.bad' }],
      });
    }
  });

  it('shares its cache through a connection of its own team only, and goes on when that is deleted', async () => {
    const theirs = await scene.connections.list(scene.actors.stranger, scene.otherTeamId, { limit: 1 });
    const { source } = await create();
    const stolen = { cacheConnectionId: theirs.items[0]!.id };
    for (const refused of [() => create(stolen), () => edit(source, stolen)]) {
      await expect(refused()).rejects.toMatchObject({
        code: 'notFound',
        errors: [{ path: 'cacheConnectionId' }],
      });
    }
    const cache = await scene.connections.create(
      scene.actors.owner,
      scene.teamId,
      createConnection.body.parse({
        name: 'cache',
        provider: 'other',
        bucket: 'photos',
        endpoint: scene.bucket.url,
        addressing: 'path',
      }),
    );
    expect((await edit(source, { cacheConnectionId: cache.id })).source.cacheConnectionId).toBe(cache.id);
    await scene.connections.delete(
      scene.actors.owner,
      { teamId: scene.teamId, connectionId: cache.id },
      false,
    );
    expect((await scene.sources.show(scene.actors.member, at(source))).cacheConnectionId).toBeNull();
  });

  it('keeps what an edit does not name', async () => {
    const { source } = await create({ prefix: 'a/', defaultParameters: 'format=webp', maxAgeSeconds: 60 });
    const { source: after } = await edit(source, { limits: { maxInputBytes: 5000 } });
    expect(after).toEqual({
      ...source,
      limits: { ...source.limits, maxInputBytes: 5000 },
      updatedAt: after.updatedAt,
    });
  });

  it('is for admins to shape, and for nobody outside the team to see', async () => {
    const { source } = await create();
    const { member, stranger } = scene.actors;
    const theirs = { teamId: scene.otherTeamId, sourceId: source.id };
    expect(await codeOf(scene.sources.create(member, scene.teamId, settings()))).toBe('forbidden');
    expect(await codeOf(scene.sources.delete(member, at(source)))).toBe('forbidden');
    expect(await codeOf(scene.sources.rotateKeys(member, at(source), { overlapSeconds: 0 }))).toBe(
      'forbidden',
    );
    expect(await codeOf(scene.sources.show(member, at(source)))).toBe('ok');
    expect(await codeOf(scene.sources.show(stranger, at(source)))).toBe('notFound');
    expect(await codeOf(scene.sources.show(stranger, theirs))).toBe('notFound');
    expect(await codeOf(scene.sources.edit(stranger, theirs, { name: 'x' }, () => {}))).toBe('notFound');
    expect(await codeOf(scene.sources.rotateKeys(stranger, theirs, { overlapSeconds: 0 }))).toBe('notFound');
    expect(await codeOf(scene.sources.buildUrl(stranger, theirs, { path: 'a', parameters: {} }))).toBe(
      'notFound',
    );
    expect(await codeOf(scene.sources.delete(stranger, theirs))).toBe('notFound');
  });
});

describe('a change that this process makes', () => {
  it('is told of at once, and the next look at the source shows it', async () => {
    const { admin } = scene.actors;
    const { source } = await create({ secured: true });
    const seen = async () => {
      const found = await scene.sources.resolveSource(source.name);
      return found && { presetsOnly: found.presetsOnly, keys: found.signingKeys.map(revealKeys) };
    };
    const told: string[] = [];
    let doing = '';
    const end = scene.sources.onChange(() => told.push(doing));
    const after = async (what: string, work: Promise<unknown>) => {
      doing = what;
      await work;
      return seen();
    };
    const first = await seen();
    expect(first?.presetsOnly).toBe(false);
    expect(await after('edit', edit(source, { presetsOnly: true }))).toEqual({ ...first, presetsOnly: true });
    const rotated = await after('keys', scene.sources.rotateKeys(admin, at(source), { overlapSeconds: 60 }));
    expect(rotated?.keys.slice(1)).toEqual(first?.keys);
    const ended = await after('overlap', scene.sources.endKeyOverlap(admin, at(source)));
    expect(ended?.keys).toEqual(rotated?.keys.slice(0, 1));
    expect(await after('end', scene.sources.delete(admin, at(source)))).toBeNull();
    expect([...new Set(told)]).toEqual(['edit', 'keys', 'overlap', 'end']);
    end();
    const heard = told.length;
    await create();
    expect(told.length).toBe(heard);
  });
});

describe('signing keys', () => {
  it('are shown once and sealed at rest', async () => {
    const { source, signingKeys } = await create({ secured: true });
    const key = signingKeys!.secureKey.reveal();
    expect(key).toMatch(/^[A-Za-z0-9+/]{43}=$/);
    expect(signingKeys!.secureSalt.reveal()).not.toBe(key);
    expect(JSON.stringify(await scene.sources.show(scene.actors.admin, at(source)))).not.toContain(key);
    const rows = await scene.db.selectFrom('sources').selectAll().execute();
    expect(JSON.stringify(rows)).not.toContain(key);
  });

  it('are made when a source is secured for the first time, and only then', async () => {
    const { source } = await create();
    const secured = await edit(source, { secured: true });
    expect(secured.signingKeys).not.toBeNull();
    expect(secured.source.signingKeySetAt).not.toBeNull();
    expect((await edit(source, { secured: false })).signingKeys).toBeNull();
    expect((await edit(source, { secured: true })).signingKeys).toBeNull();
  });
});

const build = (source: Source, path: string, parameters: Record<string, string> = {}) =>
  scene.sources.buildUrl(scene.actors.member, at(source), { path, parameters });

describe('image URLs', () => {
  it('are signed where the source is secured, so that the image server agrees', async () => {
    const { source, signingKeys } = await create({ secured: true });
    const { url, hostUrl } = await build(source, '/ä b/%2F+?.jpg', {
      width: '600',
      'background-color': 'red',
      download: 'a&b',
    });
    const keys = {
      secureKey: signingKeys!.secureKey.reveal(),
      secureSalt: signingKeys!.secureSalt.reveal(),
    };
    for (const [address, skip] of [
      [url, 2],
      [hostUrl!, 1],
    ] as const) {
      const { pathname, search } = new URL(address);
      const path = decodeURIComponent(pathname.split('/').slice(skip).join('/'));
      expect(path).toBe('ä b/%2F+?.jpg');
      expect(verifySignature({ path, rawQuery: search.slice(1) }, [keys])).toBe('valid');
    }
  });

  it('are plain where it is not', async () => {
    const { source } = await create({ name: 'plain' });
    expect(await build(source, 'a.jpg')).toEqual({
      url: 'http://localhost:7401/plain/a.jpg',
      hostUrl: 'http://plain.images.localhost:7401/a.jpg',
    });
    expect((await build(source, 'a.jpg', { width: '9' })).url).toBe(
      'http://localhost:7401/plain/a.jpg?width=9',
    );
  });

  it('are held to what the source allows', async () => {
    const { source } = await create({ presets: { thumb: 'width=10' }, presetsOnly: true });
    expect(await codeOf(build(source, 'a.jpg', { preset: 'thumb' }))).toBe('ok');
    expect(await codeOf(build(source, 'a.jpg', { width: '10' }))).toBe('invalidRequest');
    expect(await codeOf(build(source, 'a.jpg', { preset: 'none' }))).toBe('invalidRequest');
    const { source: sized } = await create({ allowedSizes: [320, 640] });
    expect(await codeOf(build(sized, 'a.jpg', { width: '320', dpr: '2' }))).toBe('ok');
    expect(await codeOf(build(sized, 'a.jpg', { width: '321' }))).toBe('invalidRequest');
  });

  it.each([
    ['', {}],
    ['///', {}],
    ['../a.jpg', {}],
    ['a/./b', {}],
    ['a.jpg', { width: 'wide' }],
    ['a.jpg', { signature: 'x' }],
  ])('are refused for %j %j', async (path, parameters) => {
    const { source } = await create();
    expect(await codeOf(build(source, path, parameters))).toBe('invalidRequest');
  });
});

describe('objects and what the image server asks', () => {
  it('lists below both prefixes, page by page', async () => {
    const bucket = await scene.connections.openBucket('internal', connection.id);
    for (const key of ['shop/a.JPG', 'shop/b.txt', 'shop/sub/ä.webp', 'other/c.jpg']) {
      await bucket.putObject(key, new TextEncoder().encode(key), { signal });
    }
    const { source } = await create({ prefix: 'shop/' });
    const list = (query: object) =>
      scene.sources.listObjects(scene.actors.member, at(source), { limit: 2, prefix: '', ...query }, signal);
    const first = await list({});
    expect(first.items.map(({ path, image }) => [path, image])).toEqual([
      ['a.JPG', true],
      ['b.txt', false],
    ]);
    const second = await list({ cursor: first.nextCursor! });
    expect(second.items.map(({ path }) => path)).toEqual(['sub/ä.webp']);
    expect(second.nextCursor).toBeNull();
    expect((await list({ prefix: 'sub/' })).items).toHaveLength(1);
    expect(await codeOf(list({ cursor: '!!' }))).toBe('invalidRequest');
    expect((await list({ prefix: 'x'.repeat(1020) })).items).toEqual([]);
  });

  it('resolves a name, and forgets what this process changed', async () => {
    const { source } = await create({
      name: 'resolved',
      prefix: 'shop/',
      presets: { thumb: 'width=10' },
      allowedSizes: [640, 320, 640],
      fallbackPath: '/none.jpg',
    });
    const first = await scene.sources.resolveSource('resolved');
    expect(first).toMatchObject({
      origin: { kind: 'connection', connectionId: connection.id },
      prefix: 'shop/',
      signingKeys: [],
      presets: { thumb: 'width=10' },
      allowedSizes: [320, 640],
      autoFormats: ['avif', 'webp'],
      revalidateSeconds: 60,
      staleSeconds: 86_400,
      fallbackPath: 'none.jpg',
      onError: 'text',
      cacheConnectionId: null,
    });
    expect(first!.freshUntil - Date.now()).toBeLessThanOrEqual(2000);
    await edit(source, { prefix: 'other/' });
    const second = await scene.sources.resolveSource('resolved');
    expect(second?.prefix).toBe('other/');
    expect(second?.version).not.toBe(first?.version);
    await edit(source, { name: 'renamed' });
    expect(await scene.sources.resolveSource('resolved')).toBeNull();
    expect(await scene.sources.resolveSource('renamed')).not.toBeNull();
    await scene.sources.delete(scene.actors.admin, at(source));
    expect(await scene.sources.resolveSource('renamed')).toBeNull();
  });

  it('names the same origin until the place itself is another', async () => {
    const { source } = await create({ name: 'placed' });
    const originId = async () => (await scene.sources.resolveSource('placed'))?.originId;
    const first = await originId();
    await edit(source, { maxAgeSeconds: 1, defaultParameters: 'width=9', prefix: 'a/', secured: true });
    expect(await originId()).toBe(first);
    const atConnection = { teamId: scene.teamId, connectionId: connection.id };
    const fresh = { kind: 'accessKey' as const, ...scene.credentials };
    await scene.connections.replaceCredentials(scene.actors.owner, atConnection, { ...fresh, force: true });
    await edit(source, { maxAgeSeconds: 2 });
    expect(await originId()).toBe(first);
    const other = await scene.connections.create(
      scene.actors.owner,
      scene.teamId,
      createConnection.body.parse({
        name: 'elsewhere',
        provider: 'other',
        bucket: 'photos',
        endpoint: scene.bucket.url,
        addressing: 'path',
        prefix: 'elsewhere/',
        credentials: scene.credentials,
      }),
    );
    await edit(source, { connectionId: other.id });
    expect(await originId()).not.toBe(first);
  });

  it('opens originals of its connection as streams', async () => {
    const bucket = await scene.connections.openBucket('internal', connection.id);
    await bucket.putObject('stream/a.jpg', new TextEncoder().encode('bytes'), { signal });
    await create({ name: 'streamed', prefix: 'stream/' });
    const source = await scene.sources.resolveSource('streamed');
    const origin = await scene.sources.openOrigin(source!);
    expect(origin.id).toBe(source?.originId);
    const facts = await origin.head('stream/a.jpg', { signal });
    expect(facts).toMatchObject({ size: 5, etag: expect.stringMatching(/^"/) });
    const found = await origin.open('stream/a.jpg', { signal, maxBytes: 5 });
    expect(await readText(found!.body)).toBe('bytes');
    expect(await origin.open('stream/a.jpg', { signal, maxBytes: 5, ifChanged: facts })).toBeNull();
    expect(await codeOf(origin.open('stream/b.jpg', { signal, maxBytes: 5 }))).toBe('notFound');
    expect(await codeOf(origin.open('stream/a.jpg', { signal, maxBytes: 4 }))).toBe('payloadTooLarge');
  });

  it.each(['', 'nobody', '../x', 'A', 'a\0', 'x'.repeat(5000)])('resolves %j to nothing', async (name) => {
    expect(await scene.sources.resolveSource(name)).toBeNull();
  });

  it('makes the demo once, however many processes try', async () => {
    const demo = {
      teamId: scene.teamId,
      connectionId: connection.id,
      name: 'demo',
      prefix: '',
      defaultParameters: '',
    };
    const ids = await Promise.all(Array.from({ length: 4 }, () => scene.sources.ensureDemo(demo)));
    expect(new Set(ids).size).toBe(1);
    const source = await scene.sources.show(scene.actors.member, {
      teamId: scene.teamId,
      sourceId: ids[0]!,
    });
    expect(Object.keys(source.presets)).toEqual(['card', 'hero', 'thumb']);
    for (const preset of Object.keys(source.presets)) {
      expect((await build(source, 'a.jpg', { preset })).url).toContain(`preset=${preset}`);
    }
    expect(await scene.sources.ensureDemo({ ...demo, teamId: scene.otherTeamId })).toBeNull();
  });
});
