import { describe, expect, it } from 'vitest';
import { avifQuality, encoderSettings, mozjpegQuality } from './encoder-settings.ts';

describe('encoder settings', () => {
  it('put one quality on the scale of each format', () => {
    expect([1, 80, 100].map(avifQuality)).toEqual([1, 63, 100]);
    expect([1, 80, 100].map(mozjpegQuality)).toEqual([4, 83, 100]);
    const steps = Array.from({ length: 100 }, (_, index) => avifQuality(index + 1));
    expect(steps).toEqual(steps.toSorted((a, b) => a - b));
  });

  it('are the cheap ones, until somebody asks for more', () => {
    expect(encoderSettings('jpeg', 80)).toEqual({
      quality: 80,
      progressive: false,
      mozjpeg: false,
      chromaSubsampling: '4:2:0',
    });
    expect(encoderSettings('webp', 80)).toEqual({ quality: 80, effort: 2, lossless: false });
    expect(encoderSettings('webp', 80, { animated: true }).effort).toBe(0);
    expect(encoderSettings('avif', 80).effort).toBe(1);
    expect(encoderSettings('png', 80)).toEqual({ progressive: false, palette: false });
    expect(encoderSettings('png', 80, { quantise: true })).toMatchObject({ palette: true, effort: 1 });
  });

  it('are slow ones where nobody waits', () => {
    const slow = { effort: 'slow' } as const;
    expect(encoderSettings('jpeg', 80, slow)).toMatchObject({
      quality: 83,
      mozjpeg: true,
      progressive: true,
    });
    expect(encoderSettings('webp', 80, slow).effort).toBe(5);
    expect(encoderSettings('avif', 80, slow).effort).toBe(3);
  });
});
