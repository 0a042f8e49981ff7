import { fileURLToPath } from 'node:url';

/** The folder of the clone, wherever we are called from. */
export const repositoryRoot = fileURLToPath(new URL('..', import.meta.url));
