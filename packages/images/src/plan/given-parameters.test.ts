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
    'aspect-ratio=7:5&mode=crop',
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
  ])('refuses %s and names the nearest size', (query, message) => {
    expect(() => parsePlan(query, sized)).toThrow(message);
  });
});
