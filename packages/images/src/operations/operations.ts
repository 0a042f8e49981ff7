import { background } from './background.ts';
import { blur } from './blur.ts';
import { colorEffects } from './color-effects.ts';
import { compose } from './compose.ts';
import { contain } from './contain.ts';
import { flip } from './flip.ts';
import type { Operation } from './operation.ts';
import { profile } from './profile.ts';
import { region } from './region.ts';
import { resize } from './resize.ts';
import { shape } from './shape.ts';
import { text } from './text.ts';
import { trim } from './trim.ts';
import { watermark } from './watermark.ts';

/** Everything that is done to pixels, in the order in which it is done. */
export const operations: readonly Operation[] = [
  region,
  trim,
  resize,
  flip,
  colorEffects,
  blur,
  contain,
  shape,
  background,
  compose,
  watermark,
  text,
  profile,
];
