import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { imagesSceneOfFile } from './testing/images-scene-of-file.ts';
import { sourceNamed, type ImagesScene } from './testing/images-scene.ts';

const over = (name: string, value: string): string => `${name}=${encodeURIComponent(value)}`;

describe('overlays and what a source sets', () => {
  let scene: ImagesScene;
  const { get, text } = imagesSceneOfFile(async (opened, { jpeg, png }) => {
    scene = opened;
    await scene.put('a.jpg', jpeg);
    await scene.put('leaf.png', png);
  });
  const set = (more: Parameters<typeof sourceNamed>[1]): void =>
    void scene.sources.set('demo', sourceNamed('demo', more));
  /** What tells one picture from another, of one that is there. */
  const shown = async (path: string): Promise<string> => {
    const { status, body } = await get(path);
    expect([status, status === 200 ? '' : body.toString()]).toEqual([200, '']);
    return createHash('sha256').update(body).digest('hex');
  };

  it.each(['watermark', 'compose', 'shape'])('draws a %s of the default parameters once', async (name) => {
    set({});
    const spelledOut = await shown(`/demo/a.jpg?width=60&${over(name, 'leaf.png?width=20')}`);
    set({ defaultParameters: over(name, 'leaf.png?width=20'), version: '2' });
    expect(await shown('/demo/a.jpg?width=60&x')).toBe(spelledOut);
  });

  it('takes no default parameters in a picture inside another one, but presets that it names', async () => {
    const mark = `/demo/a.jpg?width=60&sepia=0&blur=0&${over('watermark', 'leaf.png')}`;
    set({});
    const plain = await shown(mark);
    const presets = { small: 'width=20' };
    set({ defaultParameters: 'sepia=100&blur=9&width=5', presets, version: '2' });
    expect(await shown(`${mark}&x`)).toBe(plain);
    const small = `/demo/a.jpg?width=60&sepia=0&blur=0&${over('watermark', 'leaf.png?preset=small')}`;
    expect(await shown(small)).toBe(await shown(small.replace('preset%3Dsmall', 'width%3D20')));
  });

  it('makes a picture anew when a preset that its overlay names changes', async () => {
    const url = `/demo/a.jpg?width=60&${over('watermark', 'leaf.png?preset=small')}`;
    set({ presets: { small: 'width=20' } });
    const first = await get(url);
    set({ presets: { small: 'width=40' }, version: '2' });
    const second = await get(`${url}&x`);
    expect(second.headers.etag).not.toBe(first.headers.etag);
    expect(second.body.equals(first.body)).toBe(false);
  });

  it('lets a source draw by its own presets and defaults what it lets nobody else ask for', async () => {
    const inner = over('watermark', 'leaf.png?width=9');
    const wm = `width=100&${over('watermark', `leaf.png?width=50&${inner}`)}`;
    set({ presets: { wm } });
    const free = await shown('/demo/a.jpg?preset=wm');
    set({ presets: { wm }, presetsOnly: true, allowedSizes: [320], version: '2' });
    expect(await shown('/demo/a.jpg?preset=wm&x')).toBe(free);
    set({ defaultParameters: wm, presetsOnly: true, allowedSizes: [320], version: '3' });
    expect(await shown('/demo/a.jpg?y')).toBe(free);
  });

  it('holds an overlay of the request to the rules of its source, whatever the source itself draws', async () => {
    set({ allowedSizes: [20, 60], presets: { wm: over('watermark', 'leaf.png?width=50') } });
    expect((await get(`/demo/a.jpg?width=60&${over('watermark', 'leaf.png?width=20')}`)).status).toBe(200);
    for (const query of [
      over('watermark', 'leaf.png?width=50'),
      `preset=wm&${over('watermark', 'leaf.png?width=50')}`,
    ]) {
      expect(await text(`/demo/a.jpg?width=60&${query}`)).toMatch(/^400: watermark: width takes, times dpr/);
    }
    // A preset that a stranger's overlay names is still the source's own.
    expect((await get(`/demo/a.jpg?width=60&${over('compose', 'leaf.png?width=20&preset=wm')}`)).status).toBe(
      200,
    );
    scene.sources.set('only', sourceNamed('only', { presetsOnly: true }));
    const other = over('watermark', 'https://images.test/only/leaf.png?width=20');
    expect(await text(`/demo/a.jpg?width=60&${other}`)).toMatch(/^400: watermark: width cannot be set here/);
    set({ presets: { other }, version: '2' });
    expect((await get('/demo/a.jpg?width=60&preset=other')).status).toBe(200);
  });

  it('makes no other sizes than those of the list out of regions and ratios', async () => {
    set({ allowedSizes: [30, 60], presets: { strip: 'region=0,0,123,77' } });
    expect(await text('/demo/a.jpg?region=0,0,123,77')).toMatch(/^400: region cannot be set here/);
    expect(await text('/demo/a.jpg?width=60&mode=crop&aspect-ratio=100:37')).toMatch(/this one is 60x22$/);
    expect(await text('/demo/a.jpg?mode=crop&aspect-ratio=123:77')).toMatch(
      /^400: aspect-ratio needs a width/,
    );
    expect((await get('/demo/a.jpg?width=60&mode=crop&aspect-ratio=2:1')).status).toBe(200);
    expect((await get('/demo/a.jpg?preset=strip')).status).toBe(200);
  });
});
