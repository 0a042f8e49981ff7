import { signTarget } from '@windlass/images';
import { describe, expect, it } from 'vitest';
import { AppError } from '../../kernel/app-error.ts';
import { newId } from '../../kernel/new-id.ts';
import { Secret } from '../../kernel/secret.ts';
import { imagesSceneOfFile } from './testing/images-scene-of-file.ts';
import { sourceNamed, type ImagesScene } from './testing/images-scene.ts';

const keys = { secureKey: 'a2V5', secureSalt: 'c2FsdA==' };
const signingKeys = [{ secureKey: new Secret(keys.secureKey), secureSalt: new Secret(keys.secureSalt) }];
const signed = (path: string, rawQuery: string): string =>
  `${path}?${rawQuery}${rawQuery === '' ? '' : '&'}signature=${signTarget({ path, rawQuery }, keys)}`;

const overlay = (value: string): string => `/demo/a.jpg?width=60&watermark=${encodeURIComponent(value)}`;
const safeOverlay = (rest: string): string => overlay(`https://images.test/safe/${rest}`);
const nest = (inner: string): string => `leaf.png?width=20&watermark=${encodeURIComponent(inner)}`;

describe('how the images listener hands pictures over', () => {
  let scene: ImagesScene;
  let jpeg: Uint8Array;
  const { get, put, text } = imagesSceneOfFile(async (opened, pictures) => {
    scene = opened;
    ({ jpeg } = pictures);
    await put('a.jpg', jpeg);
    await put('leaf.png', pictures.png);
    await put('notes.txt', Buffer.from('hello'));
    scene.sources.set('demo', sourceNamed('demo'));
  });

  describe('parts of a picture', () => {
    const path = '/demo/a.jpg?width=40';

    it('sends the bytes that are asked for', async () => {
      const { body, headers } = await get(path);
      const part = await get(path, { range: 'bytes=10-19' });
      expect([part.status, part.headers['content-range']]).toEqual([206, `bytes 10-19/${body.length}`]);
      expect(part.headers['content-length']).toBe('10');
      expect(part.body.equals(body.subarray(10, 20))).toBe(true);
      expect(part.headers.etag).toBe(headers.etag);
      expect((await get(path, { range: 'bytes=-5' })).body.equals(body.subarray(-5))).toBe(true);
    });

    it('sends all of it where the caller has a part of another picture', async () => {
      const { body, headers } = await get(path);
      const same = await get(path, { range: 'bytes=0-4', 'if-range': String(headers.etag) });
      expect(same.status).toBe(206);
      for (const other of ['"other"', String(headers['last-modified'])]) {
        const whole = await get(path, { range: 'bytes=0-4', 'if-range': other });
        expect([whole.status, whole.body.length]).toEqual([200, body.length]);
      }
    });

    it('says how large it is to who asks beyond the end', async () => {
      const { body } = await get(path);
      const beyond = await get(path, { range: `bytes=${body.length}-` });
      expect([beyond.status, beyond.headers['content-range']]).toEqual([416, `bytes */${body.length}`]);
    });
  });

  it('answers 304 to a date when no ETag is given', async () => {
    const { headers } = await get('/demo/a.jpg?width=9');
    const since = String(headers['last-modified']);
    expect((await get('/demo/a.jpg?width=9', { 'if-modified-since': since })).status).toBe(304);
    const earlier = 'Thu, 01 Jan 2015 00:00:00 GMT';
    expect((await get('/demo/a.jpg?width=9', { 'if-modified-since': earlier })).status).toBe(200);
    const both = { 'if-modified-since': since, 'if-none-match': '"other"' };
    expect((await get('/demo/a.jpg?width=9', both)).status).toBe(200);
  });

  describe('format=auto', () => {
    const path = '/demo/a.jpg?width=60&format=auto';
    const avif = 'image/avif,image/webp,image/png,image/svg+xml,image/*;q=0.8,*/*;q=0.5';
    const webp = 'image/webp,*/*;q=0.8';

    it('gives each client what it shows, and tells caches what that hangs on', async () => {
      const types = [];
      for (const accept of [avif, webp, '*/*', `${webp},image/webp;q=0`]) {
        const { headers } = await get(path, { accept });
        expect(headers.vary).toBe('Accept, Save-Data');
        types.push(headers['content-type']);
      }
      expect(types).toEqual(['image/avif', 'image/webp', 'image/jpeg', 'image/jpeg']);
      expect((await get('/demo/a.jpg?width=60', { accept: avif })).headers.vary).toBeUndefined();
    });

    it('has an ETag for each representation, and hot answers for each client', async () => {
      const first = await get(path, { accept: avif });
      const second = await get(path, { accept: webp });
      expect(first.headers.etag).not.toBe(second.headers.etag);
      expect((await get(path, { accept: avif })).headers).toMatchObject({
        'cache-status': 'windlass; hit; detail=hot',
        'content-type': 'image/avif',
      });
      const tag = { 'if-none-match': String(first.headers.etag) };
      expect((await get(path, { accept: webp, ...tag })).status).toBe(200);
      expect((await get(path, { accept: avif, ...tag })).status).toBe(304);
    });

    it('sends less to who asks for less', async () => {
      const usual = await get(path, { accept: webp });
      const saving = await get(path, { accept: webp, 'save-data': 'on' });
      expect(saving.body.length).toBeLessThan(usual.body.length);
    });
  });

  it('answers text about a picture with its own type', async () => {
    const json = await get('/demo/a.jpg?format=json');
    expect(json.headers['content-type']).toBe('application/json; charset=utf-8');
    expect(JSON.parse(json.body.toString())).toMatchObject({ original: { format: 'jpeg' } });
    expect((await get('/demo/a.jpg?format=blurhash')).headers['content-type']).toMatch(/^text\/plain/);
    expect((await get('/demo/a.jpg?format=thumbhash')).headers['content-type']).toMatch(/^text\/plain/);
  });

  describe('what a source allows', () => {
    it('takes presets only, where it says so', async () => {
      const presets = { small: 'width=30' };
      scene.sources.set('demo', sourceNamed('demo', { presets, presetsOnly: true }));
      expect((await get('/demo/a.jpg?preset=small')).status).toBe(200);
      expect((await get('/demo/a.jpg?width=31')).status).toBe(400);
      expect((await get('/demo/a.jpg?preset=none')).status).toBe(400);
      expect(scene.asked).toEqual(['GET a.jpg']);
    });

    it('takes the sizes that it names', async () => {
      scene.sources.set('demo', sourceNamed('demo', { allowedSizes: [30, 60] }));
      expect((await get('/demo/a.jpg?width=30&dpr=2')).status).toBe(200);
      expect((await get('/demo/a.jpg?width=31')).status).toBe(400);
    });
  });

  describe('pictures in pictures', () => {
    it('draws one of the same source, and makes it anew when that one changes', async () => {
      const plain = await get('/demo/a.jpg?width=60');
      const marked = await get(overlay('leaf.png?width=20'));
      expect([marked.status, marked.status === 200 ? '' : marked.body.toString()]).toEqual([200, '']);
      expect(marked.body.equals(plain.body)).toBe(false);
      await put('leaf.png', jpeg);
      scene.now = new Date(scene.now.getTime() + 61_000);
      await get(`${overlay('leaf.png?width=20')}&x`);
      await new Promise((resolve) => setTimeout(resolve, 60));
      expect((await get(`${overlay('leaf.png?width=20')}&y`)).headers.etag).not.toBe(marked.headers.etag);
    });

    it('verifies one of a secured source by its own signature', async () => {
      scene.sources.set('safe', sourceNamed('safe', { signingKeys, originId: 'origin-2' }));
      expect((await get(safeOverlay(signed('leaf.png', 'width=20')))).status).toBe(200);
      expect(await text(safeOverlay('leaf.png?width=20'))).toBe('403: watermark: Invalid signature');
      expect(await text(safeOverlay(signed('leaf.png', 'width=20').replace('=20', '=21')))).toBe(
        '403: watermark: Invalid signature',
      );
      // A bare path stands under the signature around it.
      const rawQuery = 'width=60&watermark=leaf.png';
      expect((await get(`/safe/${signed('a.jpg', rawQuery)}`)).status).toBe(200);
    });

    it('knows no source of another team', async () => {
      scene.sources.set('theirs', sourceNamed('theirs', { teamId: newId('team') }));
      expect(await text(overlay('https://images.test/theirs/leaf.png'))).toBe(
        '404: watermark: No such source',
      );
      expect(scene.asked).toEqual([]);
    });

    it('names the parameter whose picture is not there or cannot be used', async () => {
      expect(await text(overlay('none.png'))).toBe('404: watermark: No such picture');
      expect(await text(overlay('leaf.png?width=nine'))).toMatch(/^400: watermark: width takes/);
    });

    it('goes two deep and no deeper', async () => {
      expect((await get(overlay(nest('leaf.png?width=9')))).status).toBe(200);
      expect(await text(overlay(nest(nest('leaf.png?width=9'))))).toMatch(/^400: .*at most 2 deep/);
    });
  });

  describe('what stands in for a picture', () => {
    it('is the fallback picture of the source, in the size that was asked for, under the status', async () => {
      scene.sources.set('demo', sourceNamed('demo', { fallbackPath: 'leaf.png' }));
      const usual = await get('/demo/leaf.png?width=33');
      const { status, headers, body } = await get('/demo/none.jpg?width=33');
      expect(status).toBe(404);
      expect(headers).toMatchObject({ 'content-type': 'image/jpeg', 'cache-control': 'public, max-age=10' });
      expect(headers.etag).toBeUndefined();
      expect(body.equals(usual.body)).toBe(true);
      expect((await get('/demo/notes.txt?width=33')).status).toBe(415);
      expect(scene.usage.errors).toBe(2);
    });

    it('is a grey picture of the size and format that were asked for', async () => {
      scene.sources.set('demo', sourceNamed('demo', { onError: 'placeholder' }));
      const { status, headers, body } = await get('/demo/none.jpg?width=64&height=32&mode=crop&format=png');
      expect([status, headers['content-type']]).toEqual([404, 'image/png']);
      expect([body.readUInt32BE(16), body.readUInt32BE(20)]).toEqual([64, 32]);
      const rendered = scene.rendered();
      await get('/demo/missing.jpg?width=64&height=32&mode=crop&format=png');
      expect(scene.rendered()).toBe(rendered);
      expect(await text('/demo/none.jpg?format=json')).toBe('404: No such picture');
    });

    it('is text where the URL is at fault, or the fallback is missing too', async () => {
      scene.sources.set('demo', sourceNamed('demo', { fallbackPath: 'gone.png' }));
      expect(await text('/demo/a.jpg?width=nine')).toMatch(/^400: width takes/);
      expect(await text('/demo/none.jpg')).toBe('404: No such picture');
    });

    it('tells the operator of an origin that is down, all the same', async () => {
      scene.sources.set('demo', sourceNamed('demo', { onError: 'placeholder' }));
      scene.failures.set('a.jpg', new AppError('originFailed', 'AccessDenied'));
      expect((await get('/demo/a.jpg?width=9')).status).toBe(502);
      expect(scene.logged).toHaveLength(1);
    });
  });
});
