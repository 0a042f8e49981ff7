import { expect, it } from 'vitest';
import { avifQuality } from './encoder-settings.ts';

it("maps the common scale to AVIF's own without a step back", () => {
  expect([1, 80, 100].map(avifQuality)).toEqual([1, 63, 100]);
  for (let quality = 2; quality <= 100; quality += 1) {
    expect(avifQuality(quality)).toBeGreaterThanOrEqual(avifQuality(quality - 1));
  }
});
