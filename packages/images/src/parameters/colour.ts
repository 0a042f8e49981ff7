import { toggle } from './choice.ts';
import { angle, decimalNumber } from './number.ts';

const group = 'colour';

/** The effects, with the meaning and the units of the CSS filters of their names (Filter Effects Module Level 1). */
export const colourParameters = {
  hue: angle({ group, unset: '0', does: 'turns every colour on the colour wheel', example: '90' }),
  saturate: decimalNumber(
    { min: 0, max: 500, step: 1, unit: '%' },
    { group, unset: '100', does: '0 is grey, 100 as it is, 200 twice as colourful', example: '150' },
  ),
  invert: toggle({ group, unset: '`false`', does: 'makes a negative' }),
  sepia: decimalNumber(
    { min: 0, max: 100, step: 1, unit: '%' },
    { group, unset: '0', does: 'tints like an old photograph', example: '80' },
  ),
  blur: decimalNumber(
    { min: 0, max: 250, step: 0.5, unit: 'px' },
    {
      group,
      unset: '0',
      does: 'Gaussian blur, by its standard deviation in pixels of the result',
      example: '5',
    },
  ),
};
