/** A value as imglab's clients take it: a list with commas is one text, `null` and `undefined` are sent empty ("not set"). */
export type ParameterValue = string | number | boolean | Date | null | undefined;

/** Names in camelCase, snake_case or kebab-case, in the order in which they are sent. */
export type ImageParameters = Readonly<Record<string, ParameterValue>>;

const kebab = (name: string): string =>
  name
    .replaceAll(/([a-z])([A-Z])/g, '$1-$2')
    .replaceAll('_', '-')
    .toLowerCase();

/** A moment is sent as whole UNIX seconds: `expires` takes nothing finer. */
const text = (value: ParameterValue): string => {
  if (value === null || value === undefined) return '';
  return value instanceof Date ? String(Math.floor(value.getTime() / 1000)) : String(value);
};

/** `application/x-www-form-urlencoded`, as URLSearchParams writes it: these bytes are what a signature covers. */
export const queryOf = (parameters: ImageParameters): string => {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) {
    if (kebab(name) === 'signature') throw new TypeError('signature is made here: leave it out');
    query.set(kebab(name), text(value));
  }
  return query.toString();
};

/** The same parameters with kebab-case names, so that two spellings of one name are one. */
export const withKebabNames = <T>(parameters: Readonly<Record<string, T>>): Record<string, T> =>
  Object.fromEntries(Object.entries(parameters).map(([name, value]) => [kebab(name), value]));
