import { parsePlan } from '@windlass/images';
import { describe, expect, it } from 'vitest';
import { earliestExpiry, type PicturePart } from './picture-part.ts';
import { sourceNamed } from './testing/images-scene.ts';

const part = (expires: number | null, overlays: readonly PicturePart[] = []): PicturePart => ({
  parameter: null,
  source: sourceNamed('demo'),
  origin: { id: 'o', head: () => Promise.reject(new Error()), open: () => Promise.reject(new Error()) },
  path: 'a.jpg',
  key: 'a.jpg',
  plan: { ...parsePlan(''), expires },
  overlays,
});

describe('earliestExpiry', () => {
  it.each([
    [part(null), null],
    [part(5), 5],
    [part(5, [part(null)]), 5],
    [part(null, [part(9), part(null, [part(7)])]), 7],
  ])('case %#', (tree, expected) => expect(earliestExpiry(tree)).toBe(expected));
});
