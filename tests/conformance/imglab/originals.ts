import sharp from 'sharp';

const drawing = (width: number, height: number, body: string): Buffer =>
  Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${body}</svg>`);

/** 640 by 480, a white border of 40, and nothing in it that looks alike mirrored, turned or cut elsewhere. */
const photo = drawing(
  640,
  480,
  `<rect width="640" height="480" fill="white"/>
  <rect x="40" y="40" width="560" height="400" fill="#30506e"/>
  <circle cx="180" cy="170" r="110" fill="#e0a030"/>
  <path d="M300 420 L580 420 L580 120 Z" fill="#a02840"/>
  <path d="M60 400 H240 M60 380 H200 M60 360 H160" stroke="#d8e8c0" stroke-width="8"/>`,
);

const leaf = drawing(120, 80, '<ellipse cx="60" cy="40" rx="50" ry="30" fill="#3a8a40"/>');

/** A logo of 40 by 30 with room around what is drawn. */
export const mark = drawing(
  40,
  30,
  '<path d="M4 26 L36 26 L4 4 Z" fill="#c02030"/><circle cx="30" cy="8" r="5" fill="#2050c0"/>',
);

const frame = (color: string): Promise<Buffer> =>
  sharp({ create: { width: 60, height: 40, channels: 3, background: color } })
    .png()
    .toBuffer();

/** What the sources of a test have, by key. */
export const drawOriginals = async (): Promise<Record<string, Uint8Array>> => {
  const frames = await Promise.all(['#c02020', '#20a040', '#2040c0'].map(frame));
  return {
    'photo.jpg': await sharp(photo).jpeg({ quality: 95 }).toBuffer(),
    'leaf.png': await sharp(leaf).png().toBuffer(),
    'moves.gif': await sharp(frames, { join: { animated: true } })
      .gif({ delay: [100, 100, 100] })
      .toBuffer(),
    'mark.svg': mark,
  };
};
