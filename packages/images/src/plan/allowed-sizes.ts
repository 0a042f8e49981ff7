import { BadValue } from '../bad-value.ts';
import type { ParameterName, ParameterValues } from '../parameters/parameters.ts';
import type { Given } from './given-parameters.ts';

/**
 * A list of sizes keeps a stranger from filling caches with every width there is. What the source itself sets is free,
 * as long as the request does not multiply it.
 *
 * @throws BadValue that names the nearest size of the list
 */
export const requireAllowedSizes = (
  values: ParameterValues,
  given: ReadonlyMap<ParameterName, Given>,
  allowed: readonly number[],
): void => {
  const dpr = values.dpr ?? 1;
  const dprAsked = given.get('dpr')?.by === 'request';
  for (const name of ['width', 'height'] as const) {
    const value = values[name];
    if (value === undefined || !(dprAsked || given.get(name)?.by === 'request')) continue;
    const side = value * dpr;
    if (allowed.includes(side)) continue;
    const nearest = allowed.toSorted((a, b) => Math.abs(a - side) - Math.abs(b - side) || a - b)[0];
    const hint = nearest === undefined ? 'it has none' : `the nearest to ${side} is ${nearest}`;
    throw new BadValue(name, `takes, times dpr, one of this source's sizes: ${hint}`);
  }
};
