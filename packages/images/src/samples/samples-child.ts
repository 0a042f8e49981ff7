import sharp from 'sharp';
import { cityAndField } from './city-and-field.ts';
import { landscapes } from './landscapes.ts';
import { moonFrames, moonPhase } from './moon-phases.ts';
import type { SamplePicture } from './sample-picture.ts';
import { createRandom, type Scene } from './scene.ts';
import { cutOut, studies } from './studies.ts';

/** Entry of the process that draws the demo's pictures: it may read SVG, which the renderers may not. */

process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'));

const seedOf = (name: string): number =>
  [...name].reduce((sum, letter) => Math.imul(sum, 31) + (letter.codePointAt(0) ?? 0), 7);

/** One tile of noise around middle grey, laid over the whole: lightens and darkens like film grain. */
const grainTile = (sigma: number): Promise<Buffer> =>
  sharp({
    create: {
      width: 509,
      height: 509,
      channels: 3,
      background: '#808080',
      noise: { type: 'gaussian', mean: 128, sigma },
    },
  })
    .grayscale()
    .png({ compressionLevel: 1 })
    .toBuffer();

const photograph = async (scene: Scene): Promise<SamplePicture> => {
  const drawn = Buffer.from(scene.draw(createRandom(seedOf(scene.name))));
  const grained = await sharp(drawn, { unlimited: true })
    .removeAlpha()
    .composite([{ input: await grainTile(scene.grain), tile: true, blend: 'soft-light' }])
    .raw()
    .toBuffer({ resolveWithObject: true });
  const upright = sharp(grained.data, { raw: grained.info });
  // Orientation 6: turn clockwise to show. So it is stored turned the other way.
  const stored = scene.turned === true ? upright.rotate(-90).withMetadata({ orientation: 6 }) : upright;
  return {
    name: `${scene.name}.jpg`,
    contentType: 'image/jpeg',
    bytes: await stored.jpeg({ quality: 88 }).toBuffer(),
  };
};

const transparent = async (scene: Scene): Promise<SamplePicture> => ({
  name: `${scene.name}.png`,
  contentType: 'image/png',
  bytes: await sharp(Buffer.from(scene.draw(createRandom(seedOf(scene.name)))), { unlimited: true })
    .png()
    .toBuffer(),
});

const animation = async (): Promise<SamplePicture> => {
  const frames = await Promise.all(
    Array.from({ length: moonFrames }, (_, frame) =>
      sharp(Buffer.from(moonPhase(frame)))
        .png()
        .toBuffer(),
    ),
  );
  const bytes = await sharp(frames, { join: { animated: true } })
    .gif({ delay: frames.map(() => 90), loop: 0, effort: 4 })
    .toBuffer();
  return { name: 'moon-phases.gif', contentType: 'image/gif', bytes };
};

const works: readonly { name: string; make: () => Promise<SamplePicture> }[] = [
  ...[...landscapes, ...cityAndField, ...studies].map((scene) => ({
    name: `${scene.name}.jpg`,
    make: () => photograph(scene),
  })),
  { name: `${cutOut.name}.png`, make: () => transparent(cutOut) },
  { name: 'moon-phases.gif', make: animation },
];

const drawAll = async (only: readonly string[] | undefined): Promise<void> => {
  const wanted = works.filter(({ name }) => only === undefined || only.includes(name));
  // Two at a time: one draws while the other is encoded.
  const queue = wanted.values();
  const worker = async (): Promise<void> => {
    for (const { make } of queue) process.send?.({ picture: await make() });
  };
  await Promise.all([worker(), worker()]);
  process.send?.({ done: true });
};

process.on('message', (message: { only: readonly string[] | undefined }) => {
  // An error ends the process, and its parent hears of it by the exit code.
  void drawAll(message.only);
});
