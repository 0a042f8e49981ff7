import * as auth from './auth.ts';
import * as connectionOperations from './connection-operations.ts';
import * as connections from './connections.ts';
import * as downloads from './downloads.ts';
import * as drops from './drops.ts';
import * as embeddedBucket from './embedded-bucket.ts';
import type { Operation } from './operation.ts';
import * as orderPages from './order-pages.ts';
import * as orders from './orders.ts';
import * as provisioning from './provisioning.ts';
import * as sourceOperations from './source-operations.ts';
import * as sources from './sources.ts';
import * as teams from './teams.ts';
import * as transfers from './transfers.ts';
import * as uploads from './uploads.ts';
import * as webhooks from './webhooks.ts';

const isOperation = (value: unknown): value is Operation =>
  typeof value === 'object' && value !== null && 'method' in value && 'path' in value && 'access' in value;

/** Every call of the API, in the order in which the nouns are told. */
export const operations: readonly Operation[] = [
  auth,
  teams,
  connections,
  connectionOperations,
  provisioning,
  sources,
  sourceOperations,
  transfers,
  uploads,
  downloads,
  drops,
  orders,
  orderPages,
  embeddedBucket,
  webhooks,
].flatMap((noun) => Object.values<unknown>({ ...noun }).filter(isOperation));
