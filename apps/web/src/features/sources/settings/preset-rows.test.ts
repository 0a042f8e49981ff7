import { expect, it } from 'vitest';
import { presetProblems, presetRows, presetsFrom } from './preset-rows.ts';

it('gives presets back as they were', () => {
  const presets = { thumb: 'width=160', wide: 'width=900' };
  expect(presetsFrom(presetRows(presets))).toEqual(presets);
});

it('finds nothing wrong with what the server takes', () => {
  expect(presetProblems(presetRows({ thumb: '?width=160&mode=crop' }), 8192)).toEqual([{}]);
});

it('says what is wrong in the words of the URL grammar', () => {
  const [bad, twin, other] = presetProblems(
    [
      { key: 0, name: 'Big One', query: 'width=9000' },
      { key: 1, name: 'twin', query: '' },
      { key: 2, name: 'twin', query: 'width=2' },
    ],
    8192,
  );
  expect(bad?.name).toMatch(/^Takes 1 to 32/);
  expect(bad?.query).toBe('Width takes a whole number from 1 to 8192.');
  expect(twin).toEqual({
    name: 'This name is there twice.',
    query: expect.stringMatching(/^This is needed/),
  });
  expect(other).toEqual({ name: 'This name is there twice.' });
});
