import { signTarget, type SigningKeys } from '@windlass/images';
import sharp from 'sharp';
import { makePdf } from '../../../packages/images/src/inputs/testing/make-pdf.ts';
import { drawOriginals } from '../../conformance/imglab/originals.ts';
import type { PictureServer } from '../../support/picture-server.ts';

/** The host of which each source has a subdomain. */
export const imagesHost = 'images.localhost';

/** What the requests may name. */
export interface ImageShelf {
  /** Names of sources that anybody may ask. */
  open: readonly string[];
  /** The name of the secured source. */
  closed: string;
  /** Paths as they stand in URLs. */
  paths: readonly string[];
  imagesUrl: string;
  /** The query with the signature of the secured source at its end. */
  sign(path: string, rawQuery: string): string;
}

const entities = Array.from({ length: 9 }, (_, at) => `<!ENTITY l${at + 1} "${`&l${at};`.repeat(10)}">`);
const laughs = `<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY l0 "ha">${entities.join('')}]>
<svg xmlns="http://www.w3.org/2000/svg" width="90" height="90"><text y="20">&l9;</text></svg>`;

const nosy = `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="90" height="60">
<script>alert(1)</script><image xlink:href="file:///etc/passwd" width="9" height="9"/>
<image href="http://127.0.0.1:1/x.png" width="9" height="9"/><rect width="50" height="30" fill="#804020"/></svg>`;

/** A PNG whose header promises 2,500 megapixels. The width and the height follow the name of the first chunk. */
const promising = (png: Buffer): Buffer => {
  const copy = Buffer.from(png);
  copy.writeUInt32BE(50_000, 16);
  copy.writeUInt32BE(50_000, 20);
  return copy;
};

/** Pictures that are none, or not quite, beside good ones of every kind that is read; small, so that many can be made. */
const drawShelf = async (): Promise<Record<string, Uint8Array>> => {
  const drawn = await drawOriginals();
  const { 'photo.jpg': photo, 'leaf.png': leaf } = drawn;
  if (photo === undefined || leaf === undefined) throw new Error('The originals have other names');
  const small = sharp(photo).resize(200);
  return {
    ...drawn,
    'höhe & breite/100% +.jpg': await small
      .clone()
      .jpeg()
      .withExif({ IFD0: { Orientation: '6' } })
      .toBuffer(),
    'photo.webp': await small.clone().webp().toBuffer(),
    'photo.avif': await small.clone().avif({ effort: 0 }).toBuffer(),
    'photo.tiff': await small.clone().tiff().toBuffer(),
    'grey.png': await small.clone().toColourspace('grey16').png().toBuffer(),
    'cmyk.jpg': await small.clone().toColourspace('cmyk').jpeg().toBuffer(),
    'thread.png': await sharp(leaf).resize(1, 600, { fit: 'fill' }).png().toBuffer(),
    'pages.pdf': makePdf(['1 0 0 rg 20 20 90 60 re f', '0 0 1 rg 50 10 90 60 re f']),
    'cut.jpg': photo.subarray(0, photo.length / 3),
    'cut.gif': (drawn['moves.gif'] ?? leaf).subarray(0, 60),
    'promising.png': promising(Buffer.from(leaf)),
    'words.jpg': Buffer.from('<!doctype html><script>alert(1)</script>'),
    'page.gif': Buffer.from('GIF89a<script>alert(1)</script>'),
    'empty.png': Buffer.alloc(0),
    'laughs.svg': Buffer.from(laughs),
    'nosy.svg': Buffer.from(nosy),
  };
};

const missing = ['missing.jpg', 'photo', 'PHOTO.JPG', 'a/../photo.jpg', '.windlass/cache/x'];

/** Puts the originals into the bucket and makes sources of each kind over them. */
export const fillShelf = async (pictures: PictureServer): Promise<ImageShelf> => {
  const originals = await drawShelf();
  for (const [key, bytes] of Object.entries(originals)) await pictures.put(key, bytes);
  const presets = {
    thumbnail: 'width=90&height=90&mode=crop',
    marked: 'width=200&watermark=mark.svg&watermark-position=right,bottom',
  };
  // A side of 8,192 is a boundary too; on the other sources that costs no more than its refusal.
  const limits = { maxOutputSide: 320 };
  await pictures.addSource({ name: 'wide', presets });
  await pictures.addSource({ name: 'open', presets, limits });
  await pictures.addSource({
    name: 'narrow',
    defaultParameters: 'format=auto&width=60',
    limits: { maxOutputSide: 64, maxInputPixels: 200_000, maxInputFrames: 2 },
    revalidateSeconds: 0,
    staleSeconds: 0,
  });
  await pictures.addSource({ name: 'listed', presets, limits, presetsOnly: true, allowedSizes: [90, 200] });
  await pictures.addSource({
    name: 'kind',
    presets,
    limits,
    fallbackPath: 'photo.jpg',
    onError: 'placeholder',
  });
  const { signingKeys } = await pictures.addSource({ name: 'closed', presets, limits, secured: true });
  if (signingKeys === null) throw new Error('A secured source has no keys');
  const keys: SigningKeys = signingKeys;
  return {
    open: ['open', 'open', 'open', 'narrow', 'listed', 'kind'],
    closed: 'closed',
    paths: [...Object.keys(originals), ...missing].map((path) =>
      path.split('/').map(encodeURIComponent).join('/'),
    ),
    imagesUrl: pictures.server.imagesUrl,
    sign: (path, rawQuery) => {
      const signature = signTarget({ path, rawQuery }, keys);
      return rawQuery === '' ? `signature=${signature}` : `${rawQuery}&signature=${signature}`;
    },
  };
};
