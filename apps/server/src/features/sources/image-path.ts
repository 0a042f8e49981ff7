import { AppError } from '../../kernel/app-error.ts';

/**
 * The path of a picture below its source, as the image server reads it: leading slashes go, before it verifies.
 *
 * @param field of the request that the path came from
 * @throws AppError invalidRequest for a path that names no picture
 */
export const pathOf = (given: string, field: string): string => {
  const path = given.replace(/^\/+/, '');
  if (path !== '' && !path.split('/').some((segment) => segment === '.' || segment === '..')) return path;
  throw new AppError('invalidRequest', 'The path names no picture.', {
    errors: [{ path: field, message: 'may not be empty or hold the segments . and ..' }],
  });
};
