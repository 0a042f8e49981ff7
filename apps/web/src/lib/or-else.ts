/**
 * Does what may fail without harm, such as keeping a copy in a browser that refuses to keep anything.
 *
 * @example await orElse(() => set(key, value), undefined)
 */
export const orElse = async <T>(work: () => Promise<T>, otherwise: T): Promise<T> => {
  try {
    return await work();
  } catch {
    return otherwise;
  }
};
