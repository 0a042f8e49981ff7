import * as auth from './auth.ts';
import * as connections from './connections.ts';
import type { Operation } from './operation.ts';
import * as sources from './sources.ts';
import * as teams from './teams.ts';

const isOperation = (exported: unknown): exported is Operation =>
  typeof exported === 'object' &&
  exported !== null &&
  'method' in exported &&
  'path' in exported &&
  'access' in exported;

/** Every call of the API, for whoever walks all of them: OpenAPI, the authorisation walk, fuzzing. */
export const operations: readonly Operation[] = [auth, teams, connections, sources].flatMap((noun) =>
  Object.values(noun).filter(isOperation),
);
