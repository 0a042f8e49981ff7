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

const readAsSent = (path: string, text: string) => {
  const sent = asSent(buildImageTarget({ path, parameters: { text, download: text } }, source, keys));
  const read = parseTarget({ target: sent });
  return {
    path: read.path,
    text: parseQuery(read.rawQuery).get('text'),
    signature: verifySignature(read, [{ secureKey, secureSalt }]),
  };
};

const awkward = "it's (1)!*~.jpg";

it.each([
  ['an apostrophe', "it's"],
  ['what HTML and shells read', '"50 %" <b>&#{x}</b> `^|\\'],
])('signs what a browser sends of %s', (_what, text) => {
  expect(readAsSent(awkward, text)).toEqual({ path: awkward, text, signature: 'valid' });
});

it('signs what a browser sends, whatever the path and the text hold', () => {
  fc.assert(
    fc.property(pathWords, word, (path, text) => {
      expect(readAsSent(path, text)).toEqual({ path, text, signature: 'valid' });
    }),
  );
});
