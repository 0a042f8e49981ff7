/**
 * The token of `Authorization: Bearer …` (RFC 6750 2.1), or null. The scheme is case-insensitive (RFC 9110 11.1); another one
 * is not ours to judge.
 */
export const bearerOf = (header: string | undefined): string | null =>
  header === undefined ? null : (/^bearer +(\S+) *$/i.exec(header)?.[1] ?? null);
