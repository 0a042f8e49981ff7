import { parameters } from '@windlass/images/parameters';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { colorInputText, colorUrlText } from './color-text.ts';

const parseColor = (text: string) => parameters['background-color'].parse('c', text, { maxSide: 1 });

it('keeps every colour and its alpha on the way to the control and back', () => {
  const channel = fc.integer({ min: 0, max: 255 });
  fc.assert(
    fc.property(fc.tuple(channel, channel, channel, channel), (channels) => {
      const text = channels.join(',');
      expect(parseColor(colorUrlText(colorInputText(text)))).toEqual(parseColor(text));
    }),
  );
});

it('leaves names and what is half typed alone', () => {
  expect([colorInputText('teal'), colorInputText('12,107'), colorInputText('')]).toEqual([
    'teal',
    '12,107',
    '',
  ]);
  expect([colorUrlText('#0C6B6Aff'), colorUrlText('#0c6'), colorUrlText(' Teal ')]).toEqual([
    '0c6b6a',
    '0c6',
    'teal',
  ]);
});
