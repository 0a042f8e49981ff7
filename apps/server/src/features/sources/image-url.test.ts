import { parseTarget, verifySignature } from '@windlass/images';
import { parseQuery } from '@windlass/images/parameters';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Secret } from '../../kernel/secret.ts';
import { buildImageTarget } from './image-url.ts';

const secureKey = 'c2VjcmV0LXNlY3JldA==';
const secureSalt = 'c2FsdC1zYWx0';
const keys = { secureKey: new Secret(secureKey), secureSalt: new Secret(secureSalt) };
const source = {
  defaultParameters: '',
  presets: {},
  presetsOnly: false,
  allowedSizes: null,
  autoFormats: [],
  limits: { maxOutputSide: 8192 },
};

/** What a browser asks for when the URL stands in a page. */
const asSent = (target: string): string => {
  const { pathname, search } = new URL(`https://images.example.com/photos${target}`);
  return pathname + search;
};

const word = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }).filter((text) => !/\0/.test(text));
const segment = word.filter((text) => !text.includes('/') && !/^\.{1,2}$/.test(text));
const pathWords = fc.array(segment, { minLength: 1, maxLength: 4 }).map((segments) => segments.join('/'));

const checkSent = (path: string, text: string): void => {
  const sent = asSent(buildImageTarget({ path, parameters: { text, download: text } }, source, keys));
  const read = parseTarget({ target: sent });
  expect(read.path).toBe(path);
  expect(parseQuery(read.rawQuery).get('text')).toBe(text);
  expect(verifySignature(read, [{ secureKey, secureSalt }])).toBe('valid');
};

it('signs what a browser sends, whatever the path and the text hold', () => {
  checkSent("it's (1)!*~.jpg", `it's "50 %" <b>&#{x}</b> \`^|\\`);
  fc.assert(fc.property(pathWords, word, checkSent));
});
