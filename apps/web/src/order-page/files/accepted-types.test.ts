import { expect, it } from 'vitest';
import { acceptOf, isForPictures, takesPhotos } from './accepted-types.ts';

it('offers photos whose type browsers do not know, by their ending', () => {
  expect(acceptOf(['image/*'])).toBe('image/*,.heic,.heif,.tif,.tiff');
  expect(acceptOf(['image/jpeg', 'image/heic'])).toBe('image/jpeg,image/heic,.heic');
  expect(acceptOf(null)).toBeUndefined();
});

it('knows where pictures are wanted, and where a camera helps', () => {
  expect([null, ['image/*'], ['application/pdf', 'image/*']].map(isForPictures)).toEqual([
    false,
    true,
    false,
  ]);
  expect([null, ['image/jpeg'], ['application/pdf']].map(takesPhotos)).toEqual([true, true, false]);
});
