/**
 * The path of the `number`th file of one name, as file managers write it.
 *
 * @example renamedPath('in/a.tar.gz', 2) // 'in/a.tar (2).gz'
 * @example renamedPath('in/.profile', 2) // 'in/.profile (2)'
 */
export const renamedPath = (path: string, number: number): string => {
  const name = path.lastIndexOf('/') + 1;
  const dot = path.lastIndexOf('.');
  const end = dot > name ? dot : path.length;
  return `${path.slice(0, end)} (${number})${path.slice(end)}`;
};
