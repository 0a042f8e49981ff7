import { expect, it } from 'vitest';
import { firstParameters, originalParameters, thumbnailParameters } from './allowed-parameters.ts';

const open = { presets: {}, presetsOnly: false, allowedSizes: null };
const sized = { ...open, allowedSizes: [160, 320, 640] };
const closed = { ...open, presets: { thumb: 'width=100', wide: 'width=900' }, presetsOnly: true };

it('asks an open source for what it wants', () => {
  expect(firstParameters(open)).toEqual({ width: '600' });
  expect(thumbnailParameters(open, 96, 96).map(({ dpr }) => dpr)).toEqual([undefined, '2']);
  expect(originalParameters(open)).toMatchObject({ width: '1600' });
});

it('asks for the allowed size next above, else for the largest', () => {
  expect(firstParameters(sized)).toEqual({ width: '640' });
  expect(thumbnailParameters(sized, 96, 96)).toEqual([{ width: '160', format: 'webp', quality: '75' }]);
  expect(originalParameters(sized)).toMatchObject({ width: '640' });
});

it('asks a source of presets for its first one, and for nothing where it has none', () => {
  expect(firstParameters(closed)).toEqual({ preset: 'thumb' });
  expect(thumbnailParameters(closed, 96, 96)).toEqual([{ preset: 'thumb' }]);
  expect(originalParameters(closed)).toBeNull();
  expect(thumbnailParameters({ ...closed, presets: {} }, 96, 96)).toEqual([]);
});
