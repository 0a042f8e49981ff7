import { describe, expect, it } from 'vitest';
import { parsePlan } from './plan.ts';

const settings = {
  defaults: 'format=webp&quality=90&width=100',
  presets: {
    card: 'width=400&height=300&mode=crop',
    small: 'width=200',
    sharp: 'quality=95&format=png',
    broken: 'width=no',
  },
};

describe('what a source sets', () => {
  it('gives way to the request, and comes back where the request is empty', () => {
    expect(parsePlan('quality=50&width=', settings)).toMatchObject({
      format: 'webp',
      quality: 50,
      fit: { width: 100 },
    });
  });

  it('is laid in order: defaults, presets from left to right, request', () => {
    expect(parsePlan('preset=card', settings)).toMatchObject({
      format: 'webp',
      fit: { mode: 'crop', width: 400, height: 300 },
    });
    expect(parsePlan('preset=card,small', settings).fit).toMatchObject({ width: 200, height: 300 });
    expect(parsePlan('preset=small,card', settings).fit).toMatchObject({ width: 400, height: 300 });
    expect(parsePlan('preset=card&height=50&width=', settings).fit).toMatchObject({ width: 400, height: 50 });
    expect(parsePlan('preset=sharp', settings)).toMatchObject({ format: 'png', fit: { width: 100 } });
  });

  it('may name presets in its defaults, which a preset of the request replaces', () => {
    const usual = { ...settings, defaults: 'preset=card&height=10' };
    expect(parsePlan('', usual).fit).toMatchObject({ width: 400, height: 10 });
    expect(parsePlan('preset=small', usual).fit).toMatchObject({ width: 200, height: 10 });
  });

  it('is refused like a request where it cannot be read, and where it is not there', () => {
    expect(() => parsePlan('preset=broken', settings)).toThrow('width takes a whole number from 1 to 8192');
    expect(() => parsePlan('preset=other', settings)).toThrow(
      "preset other is none of this source's presets",
    );
    expect(() => parsePlan('preset=constructor', settings)).toThrow('constructor is none');
  });

  it('is the same picture as the one that is spelled out', () => {
    const { values } = parsePlan('preset=card', settings);
    expect(values).toEqual(parsePlan('format=webp&quality=90&width=400&height=300&mode=crop').values);
  });
});

describe('a source of presets only', () => {
  const only = { ...settings, presetsOnly: true };

  it('takes presets, what hands a picture over, names that mean nothing, and empty values', () => {
    const plan = parsePlan('preset=card&download=a.jpg&expires=99&tag=x&utm_source=y&width=', only);
    expect(plan).toMatchObject({ fit: { width: 400 }, download: 'a.jpg', expires: 99, tags: ['x'] });
    expect(parsePlan('', only).fit).toMatchObject({ width: 100 });
  });

  it.each(['width=400', 'preset=card&dpr=2', 'textColor=red', 'format=png', 'watermark=a.png'])(
    'refuses %s',
    (query) => {
      expect(() => parsePlan(query, only)).toThrow(
        'cannot be set here: this source takes presets only, e.g. preset=name',
      );
    },
  );
});

describe('a source with sizes', () => {
  const sized = { ...settings, allowedSizes: [320, 640, 1280] };

  it.each([
    'width=320',
    'width=320&dpr=2',
    'width=640&height=1280',
    'preset=card',
    '',
    'mode=crop',
    'region=',
    // Both sides of the box are in the list.
    'width=640&aspect-ratio=1:2&mode=crop',
    'width=320&dpr=2&aspect-ratio=1:2&mode=face',
    // Without a mode that fills a box a ratio means nothing.
    'width=320&aspect-ratio=100:37',
    'aspect-ratio=100:37',
  ])('takes %s', (query) => {
    expect(() => parsePlan(query, sized)).not.toThrow();
  });

  it.each([
    ['width=600', "width takes, times dpr, one of this source's sizes: the nearest to 600 is 640"],
    ['width=480', 'the nearest to 480 is 320'],
    ['height=5000', "height takes, times dpr, one of this source's sizes: the nearest to 5000 is 1280"],
    ['width=320&dpr=3', 'the nearest to 960 is 640'],
    // The preset's width is free, but not times a number that anybody chooses.
    ['preset=card&dpr=2', 'the nearest to 800 is 640'],
    ['preset=card&width=100', 'the nearest to 100 is 320'],
    ['region=0,0,123,77', "region cannot be set here: it would make other sizes than this source's"],
    ['region=0,0,320,320&width=320', 'region cannot be set here'],
    [
      'width=320&mode=crop&aspect-ratio=100:37',
      "aspect-ratio needs a box with both sides among this source's sizes: this one is 320x118",
    ],
    ['width=320&height=640&mode=contain&aspect-ratio=100:37', 'this one is 320x118'],
    ['preset=card&aspect-ratio=123:77', 'this one is 400x250'],
    ['width=320&mode=face&aspect-ratio=1:3', 'this one is 320x960'],
    [
      'mode=crop&aspect-ratio=123:77&width=',
      "aspect-ratio needs a box with both sides among this source's sizes: this one is 100x63",
    ],
  ])('refuses %s and says what it takes', (query, message) => {
    expect(() => parsePlan(query, sized)).toThrow(message);
  });

  it('refuses a ratio without a box, whose sides would be those of any original', () => {
    expect(() => parsePlan('mode=crop&aspect-ratio=123:77', { allowedSizes: [320] })).toThrow(
      'aspect-ratio needs a width or a height here',
    );
  });

  it("leaves the source's own regions and ratios alone", () => {
    const own = {
      allowedSizes: [320],
      defaults: 'region=0,0,123,77',
      presets: { wide: 'mode=crop&aspect-ratio=100:37' },
    };
    expect(parsePlan('preset=wide', own)).toMatchObject({
      fit: { ratio: { width: 100, height: 37 } },
      values: { region: { width: 123 } },
    });
    expect(parsePlan('preset=wide&width=320', own).fit).toMatchObject({ width: 320, height: 118 });
  });
});
