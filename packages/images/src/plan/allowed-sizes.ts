import { BadValue } from '../bad-value.ts';
import type { ParameterName, ParameterValues } from '../parameters/parameters.ts';
import type { Fit } from './fit.ts';
import type { Given } from './given-parameters.ts';

type Asked = (name: ParameterName) => boolean;

/** Widths and heights as they are written; `dpr` multiplies those of the source too. */
const requireSides = (values: ParameterValues, asked: Asked, allowed: readonly number[]): void => {
  const dpr = values.dpr ?? 1;
  for (const name of ['width', 'height'] as const) {
    const value = values[name];
    if (value === undefined || !(asked('dpr') || asked(name))) continue;
    const side = value * dpr;
    if (allowed.includes(side)) continue;
    const nearest = allowed.toSorted((a, b) => Math.abs(a - side) - Math.abs(b - side) || a - b)[0];
    const hint = nearest === undefined ? 'it has none' : `the nearest to ${side} is ${nearest}`;
    throw new BadValue(name, `takes, times dpr, one of this source's sizes: ${hint}`);
  }
};

/** A ratio makes a side of its own, so the box that comes of it is what counts. */
const requireBox = (fit: Fit, allowed: readonly number[]): void => {
  if ('ratio' in fit) {
    throw new BadValue(
      'aspect-ratio',
      "needs a width or a height here, as both sides are this source's sizes",
    );
  }
  const { width, height } = fit;
  if (width === null || height === null || (allowed.includes(width) && allowed.includes(height))) return;
  const box = `${width}x${height}`;
  throw new BadValue(
    'aspect-ratio',
    `needs a box with both sides among this source's sizes: this one is ${box}`,
  );
};

/**
 * A list of sizes keeps a stranger from filling caches with every size there is. What the source itself sets is free,
 * as long as the request does not multiply it.
 *
 * @param fit what the values come to
 * @throws BadValue that names the nearest size of the list, or the box that a ratio makes; and for any region
 */
export const requireAllowedSizes = (
  values: ParameterValues,
  given: ReadonlyMap<ParameterName, Given>,
  fit: Fit,
  allowed: readonly number[],
): void => {
  const asked: Asked = (name) => given.get(name)?.by === 'request';
  if (asked('region')) {
    throw new BadValue('region', "cannot be set here: it would make other sizes than this source's");
  }
  requireSides(values, asked, allowed);
  // With `clip` a ratio means nothing.
  if (asked('aspect-ratio') && fit.mode !== 'clip') requireBox(fit, allowed);
};
