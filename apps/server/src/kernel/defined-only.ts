/**
 * What was given, without keys whose value is `undefined`: a database would write those as NULL.
 *
 * @example definedOnly({ name: 'media', prefix: undefined }) // { name: 'media' }
 */
export const definedOnly = <T extends object>(given: T): { [K in keyof T]?: Exclude<T[K], undefined> } =>
  // fromEntries forgets which keys there were.
  Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
