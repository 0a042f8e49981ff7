import { expect, it } from 'vitest';
import { ignoredParameters } from './ignored-parameters.ts';

it('tells of names that do nothing, and where they stand', () => {
  const given = {
    defaultParameters: 'format=webp&preset=card&widht=300',
    presets: { card: 'width=300&aspectRatio=1:1&preset=other', other: 'bogus' },
  };
  expect(ignoredParameters(given)).toEqual([
    {
      path: 'defaultParameters',
      message: 'The default parameters name widht, which is no parameter and does nothing.',
    },
    {
      path: 'presets.card',
      message: 'The parameters of preset card name another preset, which does nothing there.',
    },
    {
      path: 'presets.other',
      message: 'The parameters of preset other name bogus, which is no parameter and does nothing.',
    },
  ]);
  expect(ignoredParameters({ defaultParameters: 'aspect_ratio=1:1&width=' })).toEqual([]);
  expect(ignoredParameters({})).toEqual([]);
});
