import { deflateSync } from 'node:zlib';
import sharp from 'sharp';
import { hugePng, longGif, pngChunk } from '../../../packages/images/src/inputs/testing/make-bombs.ts';
import { makePdf } from '../../../packages/images/src/inputs/testing/make-pdf.ts';
import { drawing } from './whole-pictures.ts';

/** Ten of each in the one after it. */
const doubled = (levels: number, write: (level: number) => string): string =>
  Array.from({ length: levels }, (_, level) => `<g id="a${level + 1}">${write(level).repeat(10)}</g>`).join(
    '',
  );

const entities = `<!DOCTYPE svg [<!ENTITY a "ha">${[...'bcdefghij']
  .map((name, at) => `<!ENTITY ${name} "${`&${'abcdefghi'[at]};`.repeat(10)}">`)
  .join('')}]>`;

/** Text that inflates to 8 MiB, 64 times: no decoder needs it, and some read it. */
const wordyPng = (picture: Buffer): Buffer => {
  const text = pngChunk(
    'zTXt',
    Buffer.concat([Buffer.from('Comment\0\0', 'latin1'), deflateSync(Buffer.alloc(8 * 1024 * 1024, 'a'))]),
  );
  const afterHeader = 33;
  return Buffer.concat([
    picture.subarray(0, afterHeader),
    ...Array.from({ length: 64 }, () => text),
    picture.subarray(afterHeader),
  ]);
};

/** A page whose drawing inflates to 50 MB. */
const wordyPdf = (): Buffer => {
  const inflating = deflateSync(Buffer.alloc(50_000_000, ' ')).toString('latin1');
  const file = makePdf(['x']).toString('latin1');
  return Buffer.from(
    file.replace(
      '<</Length 1>>stream\nx',
      `<</Length ${inflating.length}/Filter/FlateDecode>>stream\n${inflating}`,
    ),
    'latin1',
  );
};

/** Small files that are much when they are read, by key. `elsewhere` is an address that no drawing may lead to. */
export const makeBombs = async (elsewhere: string): Promise<Record<string, Buffer>> => ({
  'pixels.png': hugePng(16_000, 16_000),
  'frames.gif': longGif(10_000),
  'laughs.svg': Buffer.from(
    `${entities}<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><text>&j;</text></svg>`,
  ),
  'uses.svg': drawing(
    `<rect id="a0"/>${doubled(30, (level) => `<use href="#a${level}"/>`)}<use href="#a30"/>`,
  ),
  'entity.svg': Buffer.from(
    `<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]><svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><text>&x;</text></svg>`,
  ),
  'entity-away.svg': Buffer.from(
    `<!DOCTYPE svg SYSTEM "${elsewhere}/a.dtd"><svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>`,
  ),
  'href.svg': drawing(`<image href="${elsewhere}/a.png" width="9" height="9"/>`),
  'href-file.svg': drawing('<image xlink:href="file:///etc/passwd" width="9" height="9"/>'),
  'style.svg': drawing(`<style>@import "${elsewhere}/a.css";</style>`),
  'text.png': wordyPng(
    await sharp({ create: { width: 60, height: 40, channels: 3, background: '#123' } })
      .png()
      .toBuffer(),
  ),
  'text.pdf': wordyPdf(),
});

/** 45 megapixels of three bytes, within the usual limit of 50. */
export const makeCostly = (): Promise<Buffer> =>
  sharp({ create: { width: 9000, height: 5000, channels: 3, background: '#fff' } })
    .composite([
      {
        input: { create: { width: 7000, height: 4000, channels: 3, background: '#a02840' } },
        left: 900,
        top: 500,
      },
    ])
    .png({ compressionLevel: 1 })
    .toBuffer();
