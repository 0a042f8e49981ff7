import { describe, expect, it } from 'vitest';
import { parsePlan } from '../plan/plan.ts';
import { canUseMezzanine } from './can-use-mezzanine.ts';
import type { OriginalFacts } from './job.ts';

const photo: OriginalFacts = {
  format: 'avif',
  width: 4000,
  height: 3000,
  orientation: 1,
  frames: 1,
  alpha: false,
  progressive: false,
};
const can = (query: string, facts: Partial<OriginalFacts> = {}): boolean =>
  canUseMezzanine(parsePlan(query, { autoFormats: ['webp'] }), { ...photo, ...facts }, 2048);

describe('canUseMezzanine', () => {
  it.each([
    'width=300&format=webp',
    'width=2048',
    'height=1536',
    'width=600&height=600&mode=crop&crop=attention',
    'width=300&blur=4',
    'width=900&height=900&mode=contain',
  ])('takes the stand-in for %s', (query) => {
    expect(can(query)).toBe(true);
  });

  it.each([
    ['nothing smaller is asked for', ''],
    ['more pixels are needed than it has', 'width=2100'],
    ['a crop of the short side needs more', 'width=400&height=1600&mode=crop'],
    ['a part of the original is asked for', 'width=300&region=0,0,400,300'],
    ['its border is looked at', 'width=300&trim=auto'],
    ['a page is asked for', 'width=300&page=2'],
    ['its orientation is overruled', 'width=300&orientation=3'],
    ['the result is to be exact', 'width=300&format=webp&lossless=true'],
    ['a face may be small', 'width=300&height=300&mode=face'],
    ['the original is described', 'width=300&format=json'],
    ['it is hashed', 'format=blurhash'],
  ])('takes the original where %s', (_why, query) => {
    expect(can(query)).toBe(false);
  });

  it('takes the original where it moves and the result does too', () => {
    const moving = { format: 'gif' as const, frames: 4 };
    expect(can('width=300&format=webp', moving)).toBe(false);
    expect(can('width=300&format=auto', moving)).toBe(false);
    expect(can('width=300&format=jpeg', moving)).toBe(true);
  });

  it('takes an original that is not larger than the stand-in would be', () => {
    expect(can('width=300', { width: 2048, height: 1000 })).toBe(false);
  });

  it('looks at the picture upright', () => {
    expect(can('height=2040', { orientation: 6 })).toBe(true);
    expect(can('height=2040')).toBe(false);
  });
});
