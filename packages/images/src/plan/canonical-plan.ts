import { pictureParameterNames, printValue } from '../parameters/parameters.ts';
import { autoFormats } from './accepts.ts';
import type { Plan } from './plan.ts';

/** As an URL shows it: colons, commas and slashes mean nothing in a query's value. */
const encoded = (text: string): string =>
  encodeURIComponent(text).replaceAll('%2C', ',').replaceAll('%3A', ':').replaceAll('%2F', '/');

/**
 * The picture part of a plan as one stable query string: equal for every spelling of the same picture, and itself a
 * query that parses to the same plan. What the client shows stands behind `format=auto` as `accepts`, which no request
 * can set: the same plan then comes from a client that shows the same.
 *
 * @example canonicalPlan(parsePlan('aspectRatio=2%3A1&height=150&mode=crop&dpr=2')) // 'width=600&height=300&mode=crop'
 */
export const canonicalPlan = ({ values, accepts }: Plan): string => {
  const pairs = pictureParameterNames.flatMap((name) => {
    const value = values[name];
    return value === undefined ? [] : [`${name}=${encoded(printValue(name, value))}`];
  });
  const shown = autoFormats.filter((format) => accepts?.[format]);
  return [...pairs, ...(shown.length > 0 ? [`accepts=${shown.join(',')}`] : [])].join('&');
};
