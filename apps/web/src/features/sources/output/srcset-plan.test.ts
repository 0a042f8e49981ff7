import { expect, it } from 'vitest';
import { firstSrcsetChoice, srcsetPlan, srcsetProblems, srcsetWarning } from './srcset-plan.ts';

const fluid = { ...firstSrcsetChoice({}), kind: 'fluid' as const };

it('varies the device pixel ratio of a fixed size, whatever ratio is looked at', () => {
  const parameters = { width: '300', dpr: '2' };
  expect(srcsetPlan(parameters, { ...firstSrcsetChoice(parameters), ratios: 3 })).toEqual([
    { descriptor: '1x', parameters: { width: '300' } },
    { descriptor: '2x', parameters: { width: '300', dpr: '2' } },
    { descriptor: '3x', parameters: { width: '300', dpr: '3' } },
  ]);
});

it('spreads fluid widths evenly in ratio, from the smallest to the largest', () => {
  const plan = srcsetPlan({ format: 'webp', dpr: '2' }, { ...fluid, from: 200, to: 1600, count: 4 });
  expect(plan.map(({ descriptor }) => descriptor)).toEqual(['200w', '400w', '800w', '1600w']);
  expect(plan[0]?.parameters).toEqual({ width: '200', format: 'webp' });
});

it('names no width twice where the range is narrow', () => {
  const widths = srcsetPlan({}, { ...fluid, from: 100, to: 102, count: 16 });
  expect(new Set(widths.map(({ descriptor }) => descriptor)).size).toBe(widths.length);
});

it('keeps the shape of a cropped picture', () => {
  const [first] = srcsetPlan({ width: '600', height: '400', mode: 'crop' }, fluid);
  expect(first?.parameters).toEqual({ width: '320', 'aspect-ratio': '600:400', mode: 'crop' });
});

it('says what keeps a choice from being used', () => {
  expect(srcsetProblems({ ...fluid, from: 500, to: 500 }, {})).toHaveProperty('to');
  expect(srcsetProblems({ ...fluid, kind: 'fixed' }, {})).toHaveProperty('kind');
  expect(srcsetProblems({ ...fluid, kind: 'fixed' }, { height: '3' })).toEqual({});
});

it('begins with widths that the original has, and warns of others unless they are asked for', () => {
  expect(firstSrcsetChoice({}, 1600)).toMatchObject({ from: 320, to: 1600 });
  expect(firstSrcsetChoice({}, 4000)).toMatchObject({ from: 320, to: 1920 });
  expect(firstSrcsetChoice({}, 200)).toMatchObject({ from: 50, to: 200 });
  expect(srcsetWarning({ ...fluid, to: 1920 }, {}, 1600)).toContain('1600');
  expect(srcsetWarning({ ...fluid, to: 1600 }, {}, 1600)).toBeNull();
  expect(srcsetWarning({ ...fluid, to: 1920 }, { upscale: 'true' }, 1600)).toBeNull();
  expect(srcsetWarning({ ...fluid, to: 1920 }, {}, null)).toBeNull();
});
