import { choice } from './choice.ts';
import { color } from './color.ts';

/** What fills the rest of the box with `mode=contain`. */
export const containFills = ['color', 'blur', 'mirror', 'clamp'] as const;
export type ContainFill = (typeof containFills)[number];

const group = 'background';

export const backgroundParameters = {
  'background-color': color({
    group,
    unset: 'white in JPEG, transparent elsewhere',
    does: 'what shows through transparency',
    example: '39,71,111',
  }),
  contain: choice(containFills, {
    group,
    unset: '`color`',
    does: 'what fills the rest of the box with `mode=contain`: a colour, the picture blurred, its mirror image, or its edge',
    example: 'blur',
  }),
  'contain-color': color({
    group,
    unset: 'transparent: `background-color` shows',
    does: 'the colour of `contain=color`',
    example: 'F4F1EA',
  }),
};
