/**
 * The key of the `number`th file of one name, as file managers write it.
 *
 * @example renamedKey('in/a.tar.gz', 2) // 'in/a.tar (2).gz'
 * @example renamedKey('in/.profile', 2) // 'in/.profile (2)'
 */
export const renamedKey = (key: string, number: number): string => {
  const name = key.lastIndexOf('/') + 1;
  const dot = key.lastIndexOf('.');
  const end = dot > name ? dot : key.length;
  return `${key.slice(0, end)} (${number})${key.slice(end)}`;
};
