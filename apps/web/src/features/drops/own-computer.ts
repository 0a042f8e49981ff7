/**
 * Does an address lead to the computer that opens it, and so to nobody else's? `localhost` and names below it (RFC 6761, 6.3),
 * 127.0.0.0/8 and `::1`. URL has brought every way to write those into one form.
 *
 * @example isOwnComputer('http://localhost:7400/o/prints') // true
 */
export const isOwnComputer = (url: string): boolean => {
  const { hostname } = new URL(url);
  return /^(?:(?:.+\.)?localhost\.?|127(?:\.\d+){3}|\[::1\])$/.test(hostname);
};
