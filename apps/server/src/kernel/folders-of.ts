/**
 * The folders that a path leads through, from the outside in.
 *
 * @example foldersOf('a/b/c.jpg') // ['a', 'a/b']
 */
export const foldersOf = (path: string): string[] =>
  [...path.matchAll(/\//g)].map(({ index }) => path.slice(0, index));
