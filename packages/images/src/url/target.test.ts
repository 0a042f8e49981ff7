import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BadValue } from '../bad-value.ts';
import { parseQuery } from './query.ts';
import { parseTarget } from './target.ts';

const inPathMode = (target: string) => {
  const { source, path, rawQuery } = parseTarget({ target });
  return [source, path, rawQuery];
};

/** Anything that is thrown but BadValue fails the test. */
const outcome = (work: () => unknown): 'fine' => {
  try {
    work();
  } catch (error) {
    if (!(error instanceof BadValue)) throw error;
  }
  return 'fine';
};

describe('parseTarget', () => {
  it.each([
    ['/demo/a.jpg', ['demo', 'a.jpg', '']],
    ['/demo/a/b.jpg?width=1&x=%2C', ['demo', 'a/b.jpg', 'width=1&x=%2C']],
    ['/demo/a%2Fb.jpg', ['demo', 'a/b.jpg', '']],
    ['/demo%2fa%2Fb.jpg', ['demo', 'a/b.jpg', '']],
    ['/demo/a//b.jpg', ['demo', 'a//b.jpg', '']],
    ['/demo//a.jpg', ['demo', 'a.jpg', '']],
    ['/demo/a+b%20c.jpg', ['demo', 'a+b c.jpg', '']],
    ['/demo/a%252Cb.jpg', ['demo', 'a%2Cb.jpg', '']],
    ['/demo/%C3%A5.jpg', ['demo', 'å.jpg', '']],
    ['/demo/a.jpg?b?c', ['demo', 'a.jpg', 'b?c']],
    ['/demo/a%3Fb.jpg', ['demo', 'a?b.jpg', '']],
    ['/demo/../b.jpg', ['demo', '../b.jpg', '']],
    ['/demo', ['demo', '', '']],
    ['/', ['', '', '']],
    ['http://other:80/demo/a.jpg?w', ['demo', 'a.jpg', 'w']],
  ])('reads %s', (target, expected) => {
    expect(inPathMode(target)).toEqual(expected);
  });

  it('takes raw UTF-8 bytes as they come off the wire', () => {
    expect(inPathMode(`/demo/${Buffer.from('å.jpg').toString('latin1')}`)).toEqual(['demo', 'å.jpg', '']);
  });

  it.each([
    '/demo/%',
    '/demo/%g0',
    '/demo/%f',
    '/demo/%FF',
    '/demo/%00',
    '/demo/\u0100',
    '/demo/\xff',
    'demo/a.jpg',
  ])('refuses %j', (target) => {
    expect(() => parseTarget({ target })).toThrow(BadValue);
  });

  it.each([
    ['demo.images.example.com', 'demo', 'host'],
    ['DEMO.Images.example.com:8080', 'demo', 'host'],
    ['demo.images.example.com.', 'demo', 'host'],
    ['a.b.images.example.com', 'a.b', 'host'],
    ['images.example.com', 'x', 'path'],
    ['localhost:7401', 'x', 'path'],
    [undefined, 'x', 'path'],
  ])('finds the source of host %s', (host, source, mode) => {
    const found = parseTarget({ target: '/x/a.jpg', host, imagesHost: 'images.example.com' });
    expect(found).toMatchObject({ source, mode, path: mode === 'host' ? 'x/a.jpg' : 'a.jpg' });
  });

  it('gives back any path that was percent-encoded, and throws nothing but BadValue', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 1 }), (path) => {
        fc.pre(path.isWellFormed() && !path.includes('\0') && !path.startsWith('/'));
        expect(parseTarget({ target: `/demo/${encodeURIComponent(path)}` }).path).toBe(path);
      }),
    );
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (target) => {
        expect(outcome(() => parseTarget({ target: `/${target}`, host: target, imagesHost: 'a.b' }))).toBe(
          'fine',
        );
        expect(outcome(() => parseQuery(target))).toBe('fine');
      }),
    );
  });
});

describe('parseQuery', () => {
  it('reads both spellings of commas and spaces, and one name in three spellings', () => {
    expect([...parseQuery('a=1%2C2,3&b=x+y%20z&aspectRatio=1:1&background_color=red&=')]).toEqual([
      ['a', '1,2,3'],
      ['b', 'x y z'],
      ['aspect-ratio', '1:1'],
      ['background-color', 'red'],
      ['', ''],
    ]);
  });

  it('lets the last of two count, and takes a bare name as empty', () => {
    expect([...parseQuery('width=1&width=2&download')]).toEqual([
      ['width', '2'],
      ['download', ''],
    ]);
  });

  it.each(['width=%', 'width=%zz', 'width=%ff', 'width=%00'])(
    'refuses %s and names the parameter',
    (query) => {
      expect(() => parseQuery(query)).toThrow(/^width /);
    },
  );

  it('refuses endless parameters', () => {
    const many = Array.from({ length: 200 }, (_, index) => `p${index}=1`).join('&');
    expect(() => parseQuery(many)).toThrow('more than 100');
  });
});
