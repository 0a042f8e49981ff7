/** Which of the two public pages an address is. */
export type PageAddress = { kind: 'order'; name: string } | { kind: 'status'; token: string };

/**
 * `/d/<name>` is the order page of a drop, `/o/<token>` the status of one order.
 *
 * @returns null for any other address
 * @example pageAddress('/d/prints') // { kind: 'order', name: 'prints' }
 */
export const pageAddress = (path: string): PageAddress | null => {
  const [, kind, rest, ...more] = path.replace(/\/$/, '').split('/');
  if (rest === undefined || rest === '' || more.length > 0) return null;
  if (kind === 'd') return { kind: 'order', name: rest };
  if (kind === 'o') return { kind: 'status', token: rest };
  return null;
};
