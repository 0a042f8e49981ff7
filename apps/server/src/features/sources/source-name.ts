import { AppError } from '../../kernel/app-error.ts';

/** First path segments and host labels that mean something else, here or by custom. */
const reserved = new Set([
  'api',
  'admin',
  'favicon',
  'health',
  'healthz',
  'livez',
  'metrics',
  'ready',
  'readyz',
  'robots',
  'static',
  'status',
  'well-known',
  'www',
]);

/**
 * Refuses names that cannot be a source's although they have the form of one.
 *
 * @throws AppError nameTaken
 */
export const refuseReservedName = (name: string): void => {
  // RFC 5891 2.3.1: two dashes in third and fourth place are kept for encodings such as xn--.
  if (reserved.has(name) || /^..--/.test(name)) {
    throw new AppError('nameTaken', `The name ${name} is reserved.`, {
      errors: [{ path: 'name', message: 'is reserved' }],
    });
  }
};
