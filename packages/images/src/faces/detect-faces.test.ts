import { createRequire } from 'node:module';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { detectFaces } from './detect-faces.ts';

/** Photographs that the package of the model ships; none is copied. */
const sample = (number: number): string =>
  createRequire(import.meta.url).resolve(`@vladmandic/face-api/demo/sample${number}.jpg`);

describe('detecting faces', () => {
  it.each([
    [1, 3],
    [2, 3],
    [5, 5],
  ])('finds those in sample %i', async (number, count) => {
    const faces = await detectFaces(sharp(sample(number)));
    expect(faces).toHaveLength(count);
    for (const face of faces) {
      expect(face.score).toBeGreaterThan(0.5);
      expect(Math.min(face.x, face.y)).toBeGreaterThanOrEqual(0);
      expect(Math.max(face.x + face.width, face.y + face.height)).toBeLessThanOrEqual(1);
    }
  });

  it('puts the largest first', async () => {
    const sizes = (await detectFaces(sharp(sample(5)))).map(({ width, height }) => width * height);
    expect(sizes).toEqual(sizes.toSorted((a, b) => b - a));
  });

  it('gives the same parts of a picture whatever its size', async () => {
    const small = await sharp(sample(1)).resize(700).toBuffer();
    const [large = [], shrunk = []] = (
      await Promise.all([detectFaces(sharp(sample(1))), detectFaces(sharp(small))])
    ).map((faces) => faces.toSorted((a, b) => a.x - b.x));
    expect(shrunk).toHaveLength(large.length);
    shrunk.forEach((face, index) => {
      expect(Math.abs(face.x - (large[index]?.x ?? 2))).toBeLessThan(0.03);
      expect(Math.abs(face.y - (large[index]?.y ?? 2))).toBeLessThan(0.03);
    });
  });

  it('finds none where there is nothing, in transparency either', async () => {
    const empty = sharp({ create: { width: 300, height: 200, channels: 4, background: '#3366cc80' } });
    expect(await detectFaces(empty.png())).toEqual([]);
  });
});
