import fc from 'fast-check';
import sharp, { type Metadata } from 'sharp';
import { describe, expect, it } from 'vitest';
import { keepsProfile, profileName } from './icc-profile.ts';

const metadataWith = async (profile: string): Promise<Metadata> =>
  sharp(
    await sharp({ create: { width: 8, height: 8, channels: 3, background: '#fff' } })
      .withIccProfile(profile)
      .png()
      .toBuffer(),
  ).metadata();

const p3 = await metadataWith('p3');
const srgb = await metadataWith('srgb');

describe('an ICC profile', () => {
  it('tells its name', () => {
    expect(profileName(p3.icc ?? Buffer.alloc(0))).toMatch(/P3/);
    expect(profileName(srgb.icc ?? Buffer.alloc(0))).toMatch(/sRGB/);
  });

  it('is worth keeping where it is for RGB and not sRGB', async () => {
    expect(keepsProfile(p3)).toBe(true);
    expect(keepsProfile(srgb)).toBe(false);
    expect(keepsProfile({ ...p3, space: 'cmyk' })).toBe(false);
    const bare = sharp({ create: { width: 8, height: 8, channels: 3, background: '#fff' } });
    expect(keepsProfile(await sharp(await bare.png().toBuffer()).metadata())).toBe(false);
  });

  it('of any bytes gives a printable name or none', () => {
    const icc = p3.icc ?? Buffer.alloc(0);
    const damage = fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 30 });
    fc.assert(
      fc.property(damage, fc.nat(icc.length), (changes, length) => {
        const broken = Buffer.from(icc);
        for (const [at, value] of changes) broken[at % broken.length] = value;
        expect(profileName(broken.subarray(0, length)) ?? 'none').toMatch(/^\P{Cc}{1,200}$/u);
      }),
      { numRuns: 1000 },
    );
  });
});
