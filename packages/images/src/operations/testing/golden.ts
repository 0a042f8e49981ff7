import { readFile, writeFile } from 'node:fs/promises';
import sharp from 'sharp';
import { pictureDifference, type PictureDifference } from './picture-difference.ts';

/** `GOLDEN=write npx vitest run --project unit packages/images` makes them anew; look at each before you commit it. */
// oxlint-disable-next-line node/no-process-env -- a switch of the tests, which read no configuration
export const writesGoldens = process.env.GOLDEN === 'write';

const pathOf = (name: string): URL => new URL(`../golden/${name}.png`, import.meta.url);

/** How far a picture looks from the one that somebody looked at and kept. */
export const differenceFromGolden = async (name: string, picture: Buffer): Promise<PictureDifference> => {
  if (writesGoldens) {
    await writeFile(pathOf(name), await sharp(picture).png({ compressionLevel: 9 }).toBuffer());
  }
  return pictureDifference(picture, await readFile(pathOf(name)));
};
