import { parameterNames } from '@windlass/images/parameters';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadImglab, type ImglabParameters } from '../../support/imglab-client.ts';
import { startPictureServer, type PictureServer } from '../../support/picture-server.ts';
import { parameterCases, type ParameterCase } from './client-parameters.ts';
import { drawOriginals } from './originals.ts';

const imagesHost = 'images.localhost';
const kinds = ['an open source', 'a signed source'] as const;
const modes = ['by its path', 'by its subdomain'] as const;
const each = kinds.flatMap((kind) => modes.map((mode) => [kind, mode] as const));

const contentTypes: Readonly<Record<NonNullable<ParameterCase['format']>, RegExp>> = {
  jpeg: /^image\/jpeg$/,
  png: /^image\/png$/,
  webp: /^image\/webp$/,
  avif: /^image\/avif$/,
  gif: /^image\/gif$/,
  text: /^text\/plain; charset=utf-8$/,
  json: /^application\/json/,
};

const Imglab = await loadImglab();

/** The client's own spelling in JavaScript: `aspectRatio`. */
const camelCase = (name: string): string =>
  name.replaceAll(/-(\w)/g, (_, letter: string) => letter.toUpperCase());

let pictures: PictureServer;
/** Sources of the client, as a person would write them down for this server. */
let sourceOf: (kind: (typeof kinds)[number], mode: (typeof modes)[number], name?: string) => object;

beforeAll(async () => {
  pictures = await startPictureServer({ WINDLASS_IMAGES_HOST: imagesHost });
  for (const [key, bytes] of Object.entries(await drawOriginals())) await pictures.put(key, bytes);
  const presets = { thumbnail: 'width=90&height=90&mode=crop' };
  await pictures.addSource({ name: 'open', presets });
  const { signingKeys } = await pictures.addSource({ name: 'closed', presets, secured: true });
  if (signingKeys === null) throw new Error('A secured source has no keys');
  const { hostname, port } = new URL(pictures.server.imagesUrl);
  sourceOf = (kind, mode, name) => {
    const subdomains = mode === 'by its subdomain';
    const host = subdomains ? imagesHost : hostname;
    const address = { https: false, host, port: Number(port), subdomains };
    return kind === 'an open source'
      ? new Imglab.Source(name ?? 'open', address)
      : new Imglab.Source(name ?? 'closed', { ...address, ...signingKeys });
  };
});
afterAll(() => pictures?.[Symbol.asyncDispose]());

const sizeOf = async (bytes: Buffer): Promise<[number, number]> => {
  // Decoded whole: a header alone may promise anything.
  const { info } = await sharp(bytes).raw().toBuffer({ resolveWithObject: true });
  return [info.width, info.height];
};

/** Of `photo.jpg`, which is never made larger than it is. */
const widthAskedFor = (url: string): number => {
  const { searchParams } = new URL(url);
  const given = (name: string, unset: number): number => Number(searchParams.get(name) ?? '') || unset;
  const dpr = given('dpr', 1);
  const sides = [given('width', Infinity) * dpr, given('height', Infinity) * dpr * (640 / 480), 640];
  return Math.round(Math.min(...sides));
};

it('is asked for every parameter that there is', () => {
  const asked = new Set(parameterCases.map(({ name }) => name));
  expect(parameterNames.filter((name) => !asked.has(name))).toEqual([]);
});

describe.each(each)("imglab's client on %s, found %s", (kind, mode) => {
  const ask = async (path: string, parameters: ImglabParameters) => {
    const url = Imglab.url(sourceOf(kind, mode), path, parameters);
    const answer = await pictures.open(url);
    expect([url, answer.status, answer.status === 200 ? '' : answer.bytes.toString()]).toEqual([
      url,
      200,
      '',
    ]);
    return answer;
  };

  it.each(parameterCases)('$name=$value', async (row) => {
    const { name, value, beside = {}, path = 'photo.jpg', format = 'jpeg', size, same = false } = row;
    const { headers, bytes } = await ask(path, { ...beside, [camelCase(name)]: value });
    expect(headers['content-type']).toMatch(contentTypes[format]);
    expect(size === null ? null : await sizeOf(bytes)).toEqual(size);
    const without = await ask(path, beside);
    expect(bytes.equals(without.bytes)).toBe(same);
  });

  it('takes colours, positions and empty values as the client makes them', async () => {
    const box = { width: 200, height: 200 };
    const anchored = await ask('photo.jpg', {
      ...box,
      mode: 'crop',
      crop: Imglab.position('bottom', 'left'),
    });
    const spelled = await ask('photo.jpg', { ...box, mode: 'crop', crop: 'left,bottom' });
    expect(anchored.headers.etag).toBe(spelled.headers.etag);
    const filled = { ...box, mode: 'contain', contain: 'color', containColor: Imglab.color(255, 0, 0) };
    expect((await ask('photo.jpg', filled)).headers.etag).toBe(
      (await ask('photo.jpg', { ...filled, containColor: Imglab.color('red') })).headers.etag,
    );
    const empty = await ask('photo.jpg', { width: 200, height: null, quality: undefined });
    expect(empty.headers.etag).toBe((await ask('photo.jpg', { width: 200 })).headers.etag);
  });

  it('hands over what is to be saved, under its name', async () => {
    const named = await ask('photo.jpg', { width: 50, download: 'holiday.jpg' });
    expect(named.headers['content-disposition']).toBe('attachment; filename="holiday.jpg"');
    const unnamed = await ask('photo.jpg', { width: 50, download: null });
    expect(unnamed.headers['content-disposition']).toBe('attachment; filename="photo.jpg"');
  });

  it('draws a picture that has a URL of its own, and a signature where its source asks for one', async () => {
    const nested = Imglab.url(sourceOf(kind, mode), 'mark.svg', { width: 80, format: 'png' });
    const { bytes } = await ask('photo.jpg', { width: 300, watermark: nested });
    expect(await sizeOf(bytes)).toEqual([300, 225]);
    const plain = await ask('photo.jpg', { width: 300 });
    expect(bytes.equals(plain.bytes)).toBe(false);
    // The same signed for another source of the same team, whose keys are its own.
    const other = Imglab.url(sourceOf('a signed source', mode), 'mark.svg', { width: 80, format: 'png' });
    expect((await ask('photo.jpg', { width: 300, watermark: other })).bytes.equals(bytes)).toBe(true);
  });

  it.each([
    ['one for each width', { width: [100, 200, 300] }, 3],
    ['a range of widths', { width: Imglab.range(100, 400), quality: Imglab.range(75, 40) }, 16],
    ['one for each pixel ratio', { width: 100, quality: Imglab.range(75, 40) }, 6],
    ['a height', { height: 60 }, 6],
    ['lists side by side, the shorter ones empty', { width: [90, 180], height: [40] }, 2],
    ['its default widths', {}, 16],
  ] as const)('answers a srcset of %s', async (_, parameters, count) => {
    const candidates = Imglab.srcset(sourceOf(kind, mode), 'photo.jpg', parameters).split(',\n');
    expect(candidates).toHaveLength(count);
    for (const candidate of candidates) {
      const [url = ''] = candidate.split(' ');
      const { status, bytes } = await pictures.open(url);
      expect([url, status]).toEqual([url, 200]);
      expect([url, (await sizeOf(bytes))[0]]).toEqual([url, widthAskedFor(url)]);
    }
  });
});

describe('a signed source', () => {
  it.each(modes)('refuses, %s, what the client signed for it and somebody changed', async (mode) => {
    const url = Imglab.url(sourceOf('a signed source', mode), 'photo.jpg', { width: 100 });
    const refused = [
      url.replace('width=100', 'width=101'),
      url.replace('photo.jpg', 'leaf.png'),
      url.replace(/signature=.*/, ''),
      url.replace(/[?].*/, ''),
      url.replace('signature=', 'signature=A'),
    ];
    for (const changed of refused) {
      const { status, bytes } = await pictures.open(changed);
      expect([changed, status, bytes.toString()]).toEqual([changed, 403, '403: Invalid signature\n']);
    }
  });

  it.each(modes)('refuses, %s, what has expired', async (mode) => {
    const parameters = { width: 100, expires: new Date('2016-05-24T13:26:08Z') };
    const url = Imglab.url(sourceOf('a signed source', mode), 'photo.jpg', parameters);
    const { status, bytes } = await pictures.open(url);
    expect([status, bytes.toString()]).toEqual([403, '403: This URL has expired\n']);
  });
});
