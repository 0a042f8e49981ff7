import { describe, expect, it } from 'vitest';
import { newId } from '../../kernel/new-id.ts';
import { pictureEtag, pictureKey, type PictureIdentity } from './picture-key.ts';

const original = (key: string, etag: string | null) => ({
  originId: 'o',
  key,
  version: { etag, lastModified: new Date(0), size: 5 },
});
const picture: PictureIdentity = {
  source: newId('src'),
  base: original('a.jpg', '"1"'),
  overlays: [original('b.png', '"2"')],
  plan: 'width=9',
  encoder: 'e1',
};

const undated = (size: number, time: number) => ({
  ...picture,
  base: { ...picture.base, version: { etag: null, lastModified: new Date(time), size } },
});

describe('pictureKey', () => {
  const changes: [string, Partial<PictureIdentity>][] = [
    ['the place of the original', { base: { ...picture.base, originId: 'p' } }],
    ['its key', { base: original('c.jpg', '"1"') }],
    ['its ETag', { base: original('a.jpg', '"3"') }],
    ['the ETag of an overlay', { overlays: [original('b.png', '"3"')] }],
    ['an overlay more', { overlays: [...picture.overlays, ...picture.overlays] }],
    ['the plan', { plan: 'width=10' }],
    ['the source', { source: newId('src') }],
    ['the encoder', { encoder: 'e2' }],
    ['a version that nobody knows', { base: { ...picture.base, version: null } }],
  ];
  it.each(changes)('changes with %s', (_, change) =>
    expect(pictureKey({ ...picture, ...change })).not.toBe(pictureKey(picture)),
  );

  it('goes by date and size where there is no ETag', () => {
    expect(pictureKey(undated(5, 0))).toBe(pictureKey(undated(5, 0)));
    expect(pictureKey(undated(6, 0))).not.toBe(pictureKey(undated(5, 0)));
    expect(pictureKey(undated(5, 1000))).not.toBe(pictureKey(undated(5, 0)));
  });

  it('makes no two identities one by moving text between their parts', () => {
    const one = { ...picture, base: { ...picture.base, originId: 'o"', key: 'a' } };
    const two = { ...picture, base: { ...picture.base, originId: 'o', key: '"a' } };
    expect(pictureKey(one)).not.toBe(pictureKey(two));
  });
});

describe('pictureEtag', () => {
  it('is strong, and another for the slower encoding', () => {
    const key = pictureKey(picture);
    expect(pictureEtag(key, 'normal')).toMatch(/^"[0-9a-f]{32}"$/);
    expect(pictureEtag(key, 'slow')).not.toBe(pictureEtag(key, 'normal'));
  });
});
