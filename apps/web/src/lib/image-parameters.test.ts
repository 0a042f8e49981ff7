import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readParameters, withoutParameters, writeParameters } from './image-parameters.ts';

it('gives back every set of parameters', () => {
  const name = fc.stringMatching(/^[a-z][a-z-]{0,20}$/);
  fc.assert(
    fc.property(fc.dictionary(name, fc.string({ unit: 'grapheme' })), (parameters) => {
      expect(readParameters(writeParameters(parameters))).toEqual(parameters);
    }),
  );
});

it('keeps what a person can read', () => {
  expect(writeParameters({ 'aspect-ratio': '16:9', crop: 'left,top', watermark: 'logos/a&b.svg' })).toBe(
    'aspect-ratio=16:9&crop=left,top&watermark=logos/a%26b.svg',
  );
});

it('takes a question mark and the last of two values', () => {
  expect(readParameters('?width=1&width=2')).toEqual({ width: '2' });
});

it('leaves out what is named', () => {
  expect(withoutParameters({ width: '1', dpr: '2' }, ['dpr', 'height'])).toEqual({ width: '1' });
});
