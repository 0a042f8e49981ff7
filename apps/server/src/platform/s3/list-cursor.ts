import { AppError } from '../../kernel/app-error.ts';

/**
 * A provider's own continuation token, made fit for a URL.
 *
 * @example const nextCursor = page.next === null ? null : encodeListCursor(page.next);
 */
export const encodeListCursor = (token: string): string => Buffer.from(token).toString('base64url');

/** @throws AppError invalidRequest for what `encodeListCursor` did not make */
export const decodeListCursor = (cursor: string): string => {
  const token = Buffer.from(cursor, 'base64url').toString('utf8');
  if (token === '' || encodeListCursor(token) !== cursor) {
    throw new AppError('invalidRequest', 'The cursor is not one that this list gave out.');
  }
  return token;
};
