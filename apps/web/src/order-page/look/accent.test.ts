import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { accentOn, contrast } from './accent.ts';
import { grounds } from './page-colors.ts';

const color = fc.integer({ min: 0, max: 0xffffff }).map((value) => `#${value.toString(16).padStart(6, '0')}`);

describe('the accent of a lab', () => {
  it('measures contrast as WCAG defines it', () => {
    expect(contrast('#ffffff', '#000000')).toBeCloseTo(21, 5);
    expect(contrast('#777777', '#ffffff')).toBeCloseTo(4.48, 2);
    expect(contrast('#123456', '#123456')).toBe(1);
  });

  it('can be read on every ground of the page, as text and as a button, whatever the colour', () => {
    fc.assert(
      fc.property(color, fc.constantFrom(...Object.values(grounds)), (own, ground) => {
        const { accent, onAccent } = accentOn(own, ground);
        expect(contrast(accent, ground)).toBeGreaterThanOrEqual(4.5);
        expect(contrast(accent, onAccent)).toBeGreaterThanOrEqual(4.5);
      }),
    );
  });

  it('leaves a colour alone that reads well', () => {
    expect(accentOn('#0b7285', grounds.light)).toEqual({ accent: '#0b7285', onAccent: '#ffffff' });
  });

  it('darkens yellow for white paper and lightens navy for a dark room', () => {
    expect(contrast('#ffd400', accentOn('#ffd400', grounds.light).accent)).toBeGreaterThan(1.5);
    expect(accentOn('#000080', grounds.dark).accent).not.toBe('#000080');
  });
});
