import { BadValue, parameterGroups, parameters, type Parameter } from '@windlass/images/parameters';
import type { ImageParameters } from '../../../lib/image-parameters.ts';
import { sentence } from '../../../lib/format.ts';

export interface CatalogEntry {
  name: string;
  /** The form reads and writes text; what a value becomes is the server's business. */
  parameter: Parameter<unknown>;
}

/** Every parameter, in the order of the reference. */
export const catalog: readonly CatalogEntry[] = Object.entries(parameters)
  .map(([name, parameter]): CatalogEntry => ({ name, parameter }))
  .toSorted(
    (a, b) => parameterGroups.indexOf(a.parameter.group) - parameterGroups.indexOf(b.parameter.group),
  );

const byName = new Map(catalog.map((entry) => [entry.name, entry]));

/** Entries whose name, or the text on what they do, holds all words that were typed. */
export const searchCatalog = (typed: string): readonly CatalogEntry[] => {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  return catalog.filter(({ name, parameter }) => {
    const text = `${name} ${parameter.does} ${parameter.takes}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
};

/** Known parameters in the order of the reference, so that one set of them has one address; the rest behind them. */
export const ordered = (values: ImageParameters): ImageParameters => {
  const known = catalog.flatMap(({ name }): [string, string][] => {
    const text = values[name];
    return text === undefined ? [] : [[name, text]];
  });
  return { ...Object.fromEntries(known), ...values };
};

/** Why the server would refuse a value, in its own words; null where it would not. */
export const problemOf = (name: string, text: string, maxSide: number): string | null => {
  const parameter = byName.get(name)?.parameter;
  if (parameter === undefined || text === '') return null;
  try {
    parameter.parse(name, text, { maxSide });
    return null;
  } catch (error) {
    if (error instanceof BadValue) return sentence(error.reason);
    throw error;
  }
};

/** Problems by parameter; empty where all is well. */
export const problemsOf = (values: ImageParameters, maxSide: number): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(values).flatMap(([name, text]): [string, string][] => {
      const problem = problemOf(name, text, maxSide);
      return problem === null ? [] : [[name, problem]];
    }),
  );

/** Finds the parameter that a refusal of the server is about: `width takes one of the allowed sizes`. */
export const refusedParameter = (message: string): { name: string; problem: string } | null => {
  const [name = '', ...rest] = message.split(' ');
  return byName.has(name) && rest.length > 0 ? { name, problem: sentence(rest.join(' ')) } : null;
};
