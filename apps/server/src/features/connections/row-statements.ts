import type { CheckRow, CheckRowId } from '@windlass/contract';
import type { Statement } from '@windlass/policy';
import {
  bucketNames,
  formatCors,
  formatPolicy,
  grantStatements,
  partitionOf,
  type CorsRule,
  type Right,
} from '@windlass/policy/generate';
import type { BucketAddress } from '../../platform/s3/index.ts';
import { actionOf } from './needs.ts';

type Place = Pick<BucketAddress, 'bucket' | 'prefix' | 'region'>;

/** The rights that rows try, in the terms of the generated policies: both say the same statement. */
const rightOf: Partial<Record<CheckRowId, Right>> = {
  list: 'list',
  location: 'locate',
  get: 'read',
  put: 'write',
  multipart: 'resume',
  delete: 'delete',
  listOutside: 'list',
  getOutside: 'read',
  putOutside: 'write',
};
const outside: ReadonlySet<CheckRowId> = new Set(['listOutside', 'getOutside', 'putOutside']);

/**
 * The one statement that gives what a row lacks: as narrow as the job allows, one bucket and one prefix.
 *
 * @example
 *   statementToAdd('put', { bucket: 'media', prefix: 'in/', region: 'eu-west-1' })
 *   // { Sid: 'Upload', Effect: 'Allow', Action: 's3:PutObject', Resource: 'arn:aws:s3:::media/in/*' }
 */
export const statementToAdd = (id: CheckRowId, place: Place): Statement | null => {
  if (outside.has(id)) return null;
  // S3 encrypts with the caller's rights on the key (AWS: SSE-KMS, required permissions).
  if (id === 'encryption')
    return { Effect: 'Allow', Action: ['kms:GenerateDataKey', 'kms:Decrypt'], Resource: '*' };
  return statementOf(id, place, place.prefix);
};

/** What to look for in the policy, and to drop or to narrow: the statement that would give what a row has too much. */
export const statementToDrop = (id: CheckRowId, place: Place): Statement | null => {
  const known = statementOf(id, place, outside.has(id) ? '' : place.prefix);
  if (known !== null) return known;
  const action = actionOf(id);
  if (action === null) return null;
  const Resource = id === 'listBuckets' ? '*' : namesOf(place).bucket;
  return { Effect: 'Allow', Action: action, Resource };
};

const statementOf = (id: CheckRowId, place: Place, prefix: string): Statement | null => {
  const right = rightOf[id];
  if (right === undefined) return null;
  const shape = { names: namesOf(place), ownFolder: '' };
  return grantStatements([{ right, prefix, own: false }], shape)[0] ?? null;
};

const namesOf = ({ bucket, region }: Place) => bucketNames(bucket, partitionOf(region));

/** As the contract carries it: a statement of a policy, or rules of CORS. */
export const asRowStatement = (
  change: 'add' | 'drop',
  document: Statement | readonly CorsRule[] | null,
): CheckRow['statement'] => {
  if (document === null) return null;
  return { change, json: isRules(document) ? formatCors(document) : formatPolicy(document) };
};

const isRules = (document: Statement | readonly CorsRule[]): document is readonly CorsRule[] =>
  Array.isArray(document);
