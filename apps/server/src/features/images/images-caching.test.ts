import { sourceLimits } from '@windlass/contract';
import { signTarget } from '@windlass/images';
import { describe, expect, it, vi } from 'vitest';
import { AppError } from '../../kernel/app-error.ts';
import { newId } from '../../kernel/new-id.ts';
import { Secret } from '../../kernel/secret.ts';
import { noPurges } from '../sources/index.ts';
import { createMemoryTier } from './index.ts';
import { imagesSceneOfFile } from './testing/images-scene-of-file.ts';
import { sourceNamed, type ImagesScene } from './testing/images-scene.ts';

const down = new AppError('originFailed', 'AccessDenied for key AKIA123');
const gone = new AppError('notFound', 'There is no such object.');
const path = '/demo/a.jpg?width=40&format=webp';

/** What happens behind an answer has had its time. */
const settled = () => new Promise((resolve) => setTimeout(resolve, 60));

describe('what the images listener keeps', () => {
  let scene: ImagesScene;
  let jpeg: Uint8Array;
  let other: Uint8Array;
  const { get, put } = imagesSceneOfFile(async (opened, pictures) => {
    scene = opened;
    ({ jpeg, png: other } = pictures);
    await put('a.jpg', jpeg);
    await put('notes.txt', Buffer.from('hello'));
    scene.sources.set('demo', sourceNamed('demo'));
  });
  const statusOf = async (asked: string) => (await get(asked)).headers['cache-status'];
  /** Seconds go by. */
  const pass = (seconds: number): void => {
    scene.now = new Date(scene.now.getTime() + seconds * 1000);
  };

  it('gives a made picture from memory, and for a moment without a look at anything', async () => {
    expect(await statusOf(path)).toBe('windlass; fwd=miss; stored');
    expect(await statusOf(path)).toBe('windlass; hit; detail=hot');
    pass(3);
    expect(await statusOf(path)).toBe('windlass; hit; detail=memory');
    expect(scene.asked).toEqual(['GET a.jpg']);
    expect(scene.answered.map(({ from }) => from)).toEqual(['made', 'memory']);
  });

  it('holds no hot answer beyond its time, although nobody asks for it again', async () => {
    await get(path);
    expect(scene.server.stats().hotAnswers).toBe(1);
    pass(3);
    await vi.waitFor(() => expect(scene.server.stats().hotAnswers).toBe(0), 5000);
  });

  it('gives nothing without a look for longer than its source is known to be as it was', async () => {
    const freshUntil = scene.now.getTime() + 500;
    scene.sources.set('demo', sourceNamed('demo', { freshUntil }));
    await get(path);
    scene.sources.delete('demo');
    pass(0.4);
    expect(await statusOf(path)).toBe('windlass; hit; detail=hot');
    pass(0.1);
    expect((await get(path)).status).toBe(404);
  });

  it('judges by what a source has become once it is told of a change, also where it is drawn into others', async () => {
    const marked = `${path}&watermark=${encodeURIComponent('http://images.test/marks/a.jpg?width=9')}`;
    scene.sources.set('marks', sourceNamed('marks'));
    await Promise.all([get(path), get(marked)]);
    scene.sources.set('demo', sourceNamed('demo', { presetsOnly: true }));
    expect(await statusOf(path)).toBe('windlass; hit; detail=hot');
    scene.server.sourceChanged();
    expect((await get(path)).status).toBe(400);
    scene.sources.set('demo', sourceNamed('demo'));
    expect(await statusOf(marked)).toBe('windlass; hit; detail=memory');
    expect(await statusOf(marked)).toBe('windlass; hit; detail=hot');
    scene.sources.delete('marks');
    scene.server.sourceChanged();
    expect((await get(marked)).status).toBe(404);
  });

  it('counts what was hot in the usage of its source', async () => {
    const { body } = await get(path);
    const { headers } = await get(path);
    await get(path, { 'if-none-match': String(headers.etag) });
    await scene.server[Symbol.asyncDispose]();
    expect(scene.usage).toMatchObject({
      requests: 3,
      misses: 1,
      memoryHits: 1,
      notModified: 1,
      bytesOut: 2 * body.length,
    });
  });

  it('gives hot answers only to equal requests', async () => {
    await get(path);
    expect(await statusOf(`${path}&download=`)).toBe('windlass; hit; detail=memory');
    const head = await get(path, {}, 'HEAD');
    expect(head.headers['cache-status']).toBe('windlass; hit; detail=memory');
    expect(head.headers['content-length']).toBe(String((await get(path)).body.length));
    expect((await get(path, { 'if-none-match': '"other"' })).status).toBe(200);
    expect((await get(path, { 'if-none-match': 'W/"x", *' })).status).toBe(200);
    expect((await get(path, { 'if-none-match': '*' })).status).toBe(304);
  });

  it('ends a hot answer with the second in which its URL expires', async () => {
    const nowSeconds = scene.now.getTime() / 1000;
    const keys = { secureKey: 'a2V5', secureSalt: 'c2FsdA==' };
    const signingKeys = [{ secureKey: new Secret(keys.secureKey), secureSalt: new Secret(keys.secureSalt) }];
    scene.sources.set('safe', sourceNamed('safe', { signingKeys }));
    const rawQuery = `width=9&expires=${nowSeconds + 1}`;
    const url = `/safe/a.jpg?${rawQuery}&signature=${signTarget({ path: 'a.jpg', rawQuery }, keys)}`;
    expect((await get(url)).status).toBe(200);
    pass(0.9);
    expect(await statusOf(url)).toBe('windlass; hit; detail=hot');
    pass(0.1);
    expect((await get(url)).status).toBe(403);
  });

  it('gives a picture no longer than the URL of anything in it', async () => {
    const nowSeconds = scene.now.getTime() / 1000;
    const keys = { secureKey: 'a2V5', secureSalt: 'c2FsdA==' };
    const signingKeys = [{ secureKey: new Secret(keys.secureKey), secureSalt: new Secret(keys.secureSalt) }];
    scene.sources.set('safe', sourceNamed('safe', { signingKeys }));
    const rawQuery = `width=9&expires=${nowSeconds + 1}`;
    const inner = `http://images.test/safe/a.jpg?${rawQuery}&signature=${signTarget({ path: 'a.jpg', rawQuery }, keys)}`;
    const url = `${path}&watermark=${encodeURIComponent(inner)}`;
    expect((await get(url)).headers['cache-control']).toBe('public, max-age=1');
    pass(0.9);
    expect(await statusOf(url)).toBe('windlass; hit; detail=hot');
    pass(0.1);
    expect((await get(url)).status).toBe(403);
  });

  it('finds on disk what memory has forgotten, also after a restart', async () => {
    const first = await get(path);
    await scene.restart({ keepDisk: true });
    scene.sources.set('demo', sourceNamed('demo'));
    const again = await get(path);
    expect(again.headers['cache-status']).toBe('windlass; hit; detail=disk');
    expect(again.body.equals(first.body)).toBe(true);
    expect(scene.asked).toEqual([]);
  });

  it('finds in the bucket what another process has made, with one question at the origin', async () => {
    scene.bucketTier = { ...createMemoryTier(1e8), name: 'bucket' };
    const tier = scene.bucketTier;
    const cacheConnectionId = newId('con');
    scene.sources.set('demo', sourceNamed('demo', { cacheConnectionId }));
    await get(path);
    await settled();
    await scene.restart();
    scene.bucketTier = tier;
    scene.sources.set('demo', sourceNamed('demo', { cacheConnectionId }));
    const rendered = scene.rendered();
    expect(await statusOf(path)).toBe('windlass; hit; detail=bucket');
    expect(scene.asked).toEqual(['HEAD a.jpg']);
    expect(scene.rendered()).toBe(rendered);
  });

  it('shows what it has while it asks the origin again, and then the new original', async () => {
    const first = await get(path);
    await put('a.jpg', other);
    pass(61);
    const stale = await get(path);
    expect(stale.headers['cache-status']).toBe('windlass; hit; ttl=-1; detail=memory');
    expect(stale.headers.etag).toBe(first.headers.etag);
    await settled();
    pass(3);
    const fresh = await get(path);
    expect(fresh.headers.etag).not.toBe(first.headers.etag);
    expect(fresh.headers['cache-status']).toBe('windlass; fwd=miss; stored');
    expect(scene.asked).toEqual(['GET a.jpg', 'HEAD a.jpg', 'GET a.jpg']);
  });

  it('asks first where nothing may be stale', async () => {
    scene.sources.set('demo', sourceNamed('demo', { revalidateSeconds: 0, staleSeconds: 0 }));
    const first = await get(path);
    expect(first.headers['cache-control']).toBe('public, max-age=600');
    await put('a.jpg', other);
    expect((await get(path)).headers.etag).not.toBe(first.headers.etag);
    expect((await get(path)).headers['cache-status']).toBe('windlass; hit; detail=memory');
  });

  it('shows what it has while the origin is down, for as long as the source says', async () => {
    await get(path);
    scene.failures.set('a.jpg', down);
    for (const seconds of [61, 3, 1800, 1700]) {
      pass(seconds);
      expect((await get(path)).status).toBe(200);
      await settled();
    }
    pass(100);
    expect((await get(path)).status).toBe(502);
  });

  it('shows a deleted original no more once the origin has said so, and then one in its place', async () => {
    await get(path);
    scene.failures.set('a.jpg', gone);
    pass(61);
    // The question goes out behind this answer.
    expect((await get(path)).status).toBe(200);
    await settled();
    pass(3);
    expect((await get(path)).status).toBe(404);
    expect((await get('/demo/a.jpg?width=41')).status).toBe(404);
    scene.failures.clear();
    pass(11);
    expect((await get(path)).status).toBe(200);
  });

  it('remembers for ten seconds that there is no original, and for two that the origin is down', async () => {
    expect((await get('/demo/none.jpg')).status).toBe(404);
    expect((await get('/demo/none.jpg')).status).toBe(404);
    expect(scene.asked).toEqual(['GET none.jpg']);
    await put('none.jpg', jpeg);
    pass(11);
    expect((await get('/demo/none.jpg')).status).toBe(200);

    scene.failures.set('a.jpg', down);
    expect((await get('/demo/a.jpg')).status).toBe(502);
    scene.failures.clear();
    expect((await get('/demo/a.jpg')).status).toBe(502);
    pass(3);
    expect((await get('/demo/a.jpg')).status).toBe(200);
  });

  it('tries a file that is no picture once, until it changes', async () => {
    expect((await get('/demo/notes.txt')).status).toBe(415);
    expect((await get('/demo/notes.txt')).status).toBe(415);
    // The listener tells of an answer a moment after whoever asked has it.
    await vi.waitFor(() => expect(scene.answered).toHaveLength(2));
    expect((await get('/demo/notes.txt?width=9')).status).toBe(415);
    await vi.waitFor(() => expect(scene.answered).toHaveLength(3));
    await put('notes.txt', jpeg);
    pass(61);
    await get('/demo/notes.txt');
    // The question goes out behind that answer, and takes as long as the machine lets it.
    await vi.waitFor(async () => expect((await get('/demo/notes.txt')).status).toBe(200), 10_000);
  });

  it('tries a picture again whose source has taken on another limit', async () => {
    const limits = sourceLimits.parse({ maxInputPixels: 100 });
    scene.sources.set('demo', sourceNamed('demo', { limits }));
    expect((await get(path)).status).toBe(413);
    expect((await get(path)).status).toBe(413);
    scene.sources.set('demo', sourceNamed('demo', { version: '2' }));
    expect((await get(path)).status).toBe(200);
  });

  const purges = {
    all: () => ({ ...noPurges, all: scene.now.getTime() }),
    path: () => ({ ...noPurges, paths: new Map([['a.jpg', scene.now.getTime()]]) }),
    prefix: () => ({ ...noPurges, prefixes: [{ prefix: 'a', at: scene.now.getTime() }] }),
    tag: () => ({ ...noPurges, tags: new Map([['spring', scene.now.getTime()]]) }),
  };
  it.each(Object.entries(purges))('makes again what was purged by %s', async (_, purged) => {
    const tagged = `${path}&tag=spring,red`;
    expect((await get(tagged)).headers['cache-tag']).toBe('spring,red');
    pass(5);
    const rendered = scene.rendered();
    scene.sources.set('demo', sourceNamed('demo', { purges: purged() }));
    scene.server.purge(null);
    pass(1);
    expect(await statusOf(tagged)).toBe('windlass; fwd=miss; stored');
    expect(scene.rendered()).toBe(rendered + 1);
    // The origin was asked, and its object is the one on disk.
    expect(scene.asked).toEqual(['GET a.jpg', 'HEAD a.jpg']);
    expect(await statusOf(`${tagged}&x`)).toBe('windlass; hit; detail=memory');
  });

  it.each(Object.entries(purges))(
    'asks again for what was missing before a purge by %s',
    async (_, purged) => {
      const missing = '/demo/a.jpg?width=30&tag=spring';
      const elsewhere = '/demo/b.jpg?width=30';
      const asked = async (url: string) => {
        const before = scene.asked.length;
        const { status } = await get(url);
        return [status, scene.asked.length - before];
      };
      scene.failures.set('a.jpg', gone);
      scene.failures.set('b.jpg', gone);
      expect(await asked(missing)).toEqual([404, 1]);
      expect(await asked(elsewhere)).toEqual([404, 1]);
      scene.failures.clear();
      pass(1);
      expect(await asked(missing)).toEqual([404, 0]);
      scene.sources.set('demo', sourceNamed('demo', { purges: purged() }));
      expect(await asked(missing)).toEqual([200, 1]);
      // What was not purged is not asked for again.
      expect(await asked(elsewhere)).toEqual([404, purged().all === null ? 0 : 1]);
    },
  );

  it('asks again first after a purge of what nobody could say anything of', async () => {
    scene.sources.set('demo', sourceNamed('demo', { revalidateSeconds: 0, staleSeconds: 0 }));
    await get(path);
    scene.failures.set('a.jpg', down);
    pass(1);
    expect((await get(path)).status).toBe(502);
    scene.failures.clear();
    expect((await get(path)).status).toBe(502);
    scene.sources.set(
      'demo',
      sourceNamed('demo', { revalidateSeconds: 0, staleSeconds: 0, purges: purges.path() }),
    );
    expect((await get(path)).status).toBe(200);
  });

  it('finds by each of its tags what was asked for with several', async () => {
    await get(`${path}&tag=autumn`);
    await get(`${path}&tag=spring`);
    pass(5);
    scene.sources.set('demo', sourceNamed('demo', { purges: purges.tag() }));
    scene.server.purge(null);
    pass(1);
    expect(await statusOf(`${path}&tag=spring`)).toBe('windlass; fwd=miss; stored');
    expect(await statusOf(`${path}&tag=autumn`)).toBe('windlass; hit; detail=memory');
  });

  it('makes one picture for all who ask for it, whatever they mark it with', async () => {
    await get(path);
    const rendered = scene.rendered();
    const marked = await get(`${path}&tag=r1`);
    expect(marked.headers['cache-status']).toBe('windlass; hit; detail=memory');
    expect(marked.headers['cache-tag']).toBe('r1');
    expect(await statusOf(`${path}&tag=r2,r3`)).toBe('windlass; hit; detail=memory');
    expect(scene.rendered()).toBe(rendered);
  });

  it('makes again what was made under a tag that is purged, for whoever asks', async () => {
    await get(`${path}&tag=spring`);
    pass(5);
    scene.sources.set('demo', sourceNamed('demo', { purges: purges.tag() }));
    scene.server.purge(null);
    pass(1);
    expect(await statusOf(`${path}&tag=autumn`)).toBe('windlass; fwd=miss; stored');
  });

  it('keeps what a purge of something else leaves alone', async () => {
    await get(`${path}&tag=spring`);
    pass(5);
    const now = scene.now.getTime();
    const elsewhere = { all: null, paths: new Map([['b.jpg', now]]), prefixes: [{ prefix: 'b', at: now }] };
    scene.sources.set(
      'demo',
      sourceNamed('demo', { purges: { ...elsewhere, tags: new Map([['autumn', now]]) } }),
    );
    scene.server.purge(null);
    pass(1);
    expect(await statusOf(`${path}&tag=spring`)).toBe('windlass; hit; detail=memory');
  });

  it('makes a picture smaller that is asked for often, under an ETag of its own', async () => {
    await scene.restart({ upgrade: true });
    scene.sources.set('demo', sourceNamed('demo'));
    const first = await get(path);
    for (let count = 0; count < 100; count += 1) await get(`${path}&x=${count}`);
    for (let tries = 0; tries < 100 && scene.server.stats().upgraded === 0; tries += 1) await settled();
    pass(3);
    const upgraded = await get(path);
    expect(upgraded.headers.etag).toBe(String(first.headers.etag).replace(/"$/, '-s"'));
    expect(upgraded.body.length).toBeLessThan(first.body.length);
    // Who has the other one is not sent this one as well.
    expect((await get(`${path}&y`, { 'if-none-match': String(first.headers.etag) })).status).toBe(304);
  });

  it('makes a stand-in for an original that is dear to decode, and pictures from it', async () => {
    // Progressive: twice to four times the work.
    const dear = await get('/demo/a.jpg?width=2400&upscale=true&interlace=true&quality=95');
    await put('dear.jpg', dear.body);
    const first = await get('/demo/dear.jpg?width=300&format=webp');
    await get('/demo/dear.jpg?width=301&format=webp');
    for (let tries = 0; tries < 100 && scene.server.stats().mezzanines === 0; tries += 1) await settled();
    expect(scene.server.stats().mezzanines).toBe(1);
    const third = await get('/demo/dear.jpg?width=302&format=webp');
    expect(third.status).toBe(200);
    expect(Math.abs(third.body.length / first.body.length - 1)).toBeLessThan(0.1);
    expect(scene.asked.filter((call) => call === 'GET dear.jpg')).toHaveLength(1);
    expect(scene.logged).toEqual([]);
  });

  it('finishes a picture that a child has begun, although nobody waits any more', async () => {
    const slow = '/demo/a.jpg?width=1500&format=avif';
    const rendered = scene.rendered();
    const request = scene.open(slow);
    request.on('error', () => undefined).end();
    for (let tries = 0; tries < 100 && scene.running() === 0; tries += 1) {
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    request.destroy();
    for (let tries = 0; tries < 200 && scene.rendered() === rendered; tries += 1) await settled();
    await settled();
    expect((await get(slow)).headers['cache-status']).toBe('windlass; hit; detail=memory');
    expect(scene.rendered()).toBe(rendered + 1);
  });
});
