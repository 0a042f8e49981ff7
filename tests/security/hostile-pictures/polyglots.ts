import sharp from 'sharp';
import { makePdf } from '../../../packages/images/src/inputs/testing/make-pdf.ts';
import { plain } from './whole-pictures.ts';

/** What would run, were one of the files taken for a page or a script. */
export const payload = '<html><script>alert(document.domain)</script></html>';
const script = `=1;alert(document.domain)//${payload}`;

/** A JPEG segment with a length of its own (ITU-T T.81, B.1.1.4). */
const segment = (marker: number, text: string): Buffer =>
  Buffer.from([
    0xff,
    marker,
    (text.length + 2) >> 8,
    (text.length + 2) & 0xff,
    ...Buffer.from(text, 'latin1'),
  ]);

/** GIF89a, section 24. */
const gifComment = (text: string): Buffer =>
  Buffer.from([0x21, 0xfe, text.length, ...Buffer.from(text, 'latin1'), 0]);

/** Files that are two things at once and show as a picture, by key. */
export const makePolyglots = async (): Promise<Record<string, Buffer>> => {
  const jpeg = await plain().jpeg({ quality: 60 }).toBuffer();
  const gif = await sharp({ create: { width: 9, height: 9, channels: 3, background: '#a02840' } })
    .gif()
    .toBuffer();
  const png = await plain().png({ compressionLevel: 9 }).toBuffer();
  const trailer = gif.length - 1;
  return {
    'comment-and-end.jpg': Buffer.concat([
      jpeg.subarray(0, 2),
      segment(0xfe, payload),
      jpeg.subarray(2),
      Buffer.from(payload),
    ]),
    'comment.gif': Buffer.concat([
      gif.subarray(0, trailer),
      gifComment(`*/${script}`),
      gif.subarray(trailer),
    ]),
    'end.gif': Buffer.concat([gif, Buffer.from(script)]),
    'document.png': Buffer.concat([png, makePdf(['1 0 0 rg 0 0 100 100 re f']), Buffer.from(payload)]),
  };
};

/** Files whose beginning says one thing and whose rest says another, by key. */
export const makePretenders = (): Record<string, Buffer> => ({
  // The width is the beginning of a comment in JavaScript.
  'script.gif': Buffer.from(`GIF89a/*\0\0\x80\0\0*/${script}`, 'latin1'),
  'page.jpg': Buffer.from(`\xff\xd8\xff\xe0${payload}`, 'latin1'),
  'page.png': Buffer.from(`\x89PNG\r\n\x1a\n${payload}`, 'latin1'),
  'document.png': Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), makePdf([''])]),
  'drawing.png': Buffer.from(
    `\x89PNG\r\n\x1a\n<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)" width="9" height="9"/>`,
    'latin1',
  ),
  'page.svg': Buffer.from(payload),
  'archive.jpg': Buffer.from('PK\x03\x04\x14\0\0\0\x08\0', 'latin1'),
});
