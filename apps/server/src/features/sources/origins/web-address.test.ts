import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AppError } from '../../../kernel/app-error.ts';
import { normalBaseUrl, webAddress } from './web-address.ts';

const base = 'https://www.example.com/media/';
const addressOf = (path: string, prefix = ''): string => {
  try {
    return webAddress(base, prefix, prefix + path).href;
  } catch (error) {
    if (error instanceof AppError) return error.code;
    throw error;
  }
};

describe('normalBaseUrl', () => {
  it.each([
    ['https://www.example.com', 'https://www.example.com/'],
    ['HTTPS://WWW.Example.com:443/media', 'https://www.example.com/media/'],
    ['http://example.com:8080/a/../media//', 'http://example.com:8080/media/'],
  ])('%s is %s', (text, expected) => expect(normalBaseUrl(text)).toBe(expected));
});

describe('webAddress', () => {
  it.each([
    ['a.jpg', `${base}a.jpg`],
    ['in/å b?#%.jpg', `${base}in/%C3%A5%20b%3F%23%25.jpg`],
    ['a//b.jpg', `${base}a//b.jpg`],
    ['...', `${base}...`],
    ['%2e%2e/a.jpg', `${base}%252e%252e/a.jpg`],
    [`${base}a b.jpg`, `${base}a%20b.jpg`],
    [`${base}a.jpg?v=1#top`, `${base}a.jpg?v=1`],
    ['HTTPS://WWW.EXAMPLE.COM/media/a.jpg', `${base}a.jpg`],
  ])('%s is at %s', (path, expected) => expect(addressOf(path)).toBe(expected));

  it.each([
    '', '.', '..', '../a.jpg', 'a/../../b', 'a/./b', '..;/a', '..\\a', 'a\\..\\..\\b', '\ud800', 'x'.repeat(5000),
    'https://www.example.com/other/a.jpg', 'https://www.example.com/media', base, 'https://other.example/media/a.jpg',
    'http://www.example.com/media/a.jpg', 'https://www.example.com:8443/media/a.jpg', `${base}../a.jpg`, `${base}%2e%2e/a`,
    `${base}..%2fa`, `${base}a%5c..%5cb`, `${base}..;/a`, `https://user@www.example.com/media/a.jpg`, `${base}%zz`,
    'https://www.example.com@evil.example/media/a.jpg', 'https://', 'https://www.example.com/mediaevil/a.jpg',
  ])('%j is nowhere', (path) => expect(addressOf(path)).toBe('notFound')); // prettier-ignore

  it('puts the prefix before paths, and asks whole addresses to be below it', () => {
    expect(addressOf('a.jpg', 'sh op/')).toBe(`${base}sh%20op/a.jpg`);
    expect(addressOf(`${base}sh op/a.jpg`, 'sh op/')).toBe(`${base}sh%20op/a.jpg`);
    expect(addressOf(`${base}a.jpg`, 'shop/')).toBe('notFound');
    expect(addressOf(`${base}shop/../a.jpg`, 'shop/')).toBe('notFound');
    expect(() => webAddress(base, 'shop/', 'a.jpg')).toThrow(AppError);
  });

  it('is below the folder or nowhere, whatever the path', () => {
    const segment = fc.oneof(
      fc.constantFrom(
        '..',
        '.',
        '',
        '%2e%2e',
        '..%2f',
        '\\',
        'https:',
        'www.example.com',
        'media',
        '?',
        '#',
        '@',
      ),
      fc.string({ unit: 'binary', maxLength: 6 }),
    );
    const path = fc.oneof(
      fc.array(segment, { maxLength: 8 }).map((segments) => segments.join('/')),
      fc.array(segment, { maxLength: 8 }).map((segments) => base + segments.join('/')),
    );
    fc.assert(
      fc.property(path, (text) => {
        const address = addressOf(text);
        if (address === 'notFound') return;
        expect(address.startsWith(base)).toBe(true);
        const { pathname } = new URL(address);
        // As a server may read it: decoded, and backslashes for slashes.
        const read = decodeURIComponent(pathname).replaceAll('\\', '/').split('/');
        expect(read.filter((part) => part === '..' || part.startsWith('..;'))).toEqual([]);
      }),
    );
  });
});
