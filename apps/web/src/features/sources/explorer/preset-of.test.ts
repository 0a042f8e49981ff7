import { expect, it } from 'vitest';
import { presetOf, withoutPreset, withPreset } from './preset-of.ts';

it('takes presets in use apart, and lets what is set beside them win', () => {
  const presets = { thumb: 'width=100&format=webp', wide: 'width=900' };
  expect(presetOf({ preset: 'thumb,wide,unknown', format: 'avif' }, presets)).toBe('width=900&format=avif');
});

it('leaves out what belongs to one URL alone', () => {
  expect(presetOf({ width: '3', expires: '1', download: '', tag: 'a' }, {})).toBe('width=3');
});

it('lets a preset that is chosen say what was said beside it', () => {
  const values = { width: '600', hue: '9', preset: 'small' };
  expect(withPreset(values, 'card', 'width=9&format=avif')).toEqual({ hue: '9', preset: 'small,card' });
  expect(withoutPreset({ hue: '9', preset: 'small,card' }, 'small')).toEqual({ hue: '9', preset: 'card' });
  expect(withoutPreset({ hue: '9', preset: 'card' }, 'card')).toEqual({ hue: '9' });
});
