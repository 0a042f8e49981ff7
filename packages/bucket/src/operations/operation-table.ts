import { bucketOperations } from './bucket-operations.ts';
import { objectOperations } from './object-operations.ts';
import type { Operation } from './operation.ts';

/** Every operation that is done; the first row that fits is taken, so narrower rows come first. */
export const operations: readonly Operation[] = [...bucketOperations, ...objectOperations];
