import { describe, expect, it } from 'vitest';
import { acceptsOf, autoFormats, clientClass } from './accepts.ts';

const chrome = 'image/avif,image/webp,image/apng,image/svg+xml,image/*,*/*;q=0.8';
const oldSafari = 'image/png,image/svg+xml,image/*;q=0.8,video/*;q=0.8,*/*;q=0.5';

describe('acceptsOf', () => {
  it.each([
    [chrome, 'avif,webp'],
    [oldSafari, ''],
    ['*/*', ''],
    ['image/*', ''],
    ['image/webp', 'webp'],
    ['IMAGE/WebP', 'webp'],
    ['image/avif;q=0,image/webp', 'webp'],
    ['image/avif;q=0.0, image/webp;q=0.001', 'webp'],
    ['image/webp; q=0.5, image/jpeg', ''],
    ['image/webp;q=0.5,image/jpeg;q=0.4,image/*', 'webp'],
    ['image/webp;q=0.5,*/*;q=0.9', ''],
    ['image/avif;q=0.5,image/webp;q=0.9', 'webp'],
    ['image/avif;q=0.9,image/webp;q=0.5', 'avif,webp'],
    ['image/avif ; q=0.9 , */* ; q=0.1', 'avif'],
    ['image/webp;q=many', ''],
    ['image/webp;q=2', ''],
    ['image/webpx,ximage/avif', ''],
    [';;,,=;q=', ''],
    [undefined, ''],
  ])('reads %s as %s', (accept, formats) => {
    const accepts = acceptsOf(accept, autoFormats);
    expect(autoFormats.filter((format) => accepts[format]).join()).toBe(formats);
  });

  it('takes only what the source allows', () => {
    expect(acceptsOf('image/avif;q=0.5,image/webp;q=0.9', ['avif'])).toEqual({ avif: true, webp: false });
    expect(acceptsOf(chrome, ['webp'])).toEqual({ avif: false, webp: true });
    expect(acceptsOf(chrome, [])).toEqual({ avif: false, webp: false });
  });
});

describe('clientClass', () => {
  it('is one for clients that get the same picture', () => {
    expect(clientClass({ accept: chrome, saveData: false })).toBe('avif,webp');
    expect(clientClass({ accept: 'image/webp,image/avif', saveData: false })).toBe('avif,webp');
    expect(clientClass({ accept: 'image/avif;q=0.5,image/webp', saveData: false })).toBe(
      'avif,webp,webp-first',
    );
    expect(clientClass({ accept: chrome, saveData: true })).toBe('avif,webp,save-data');
    expect(clientClass({ accept: undefined, saveData: false })).toBe('');
  });
});
