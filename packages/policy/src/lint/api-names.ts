import { operationOf } from '../calls/operations.ts';
import { actionFacts } from '../facts/action-facts.ts';

/** Names that old libraries and tools have for calls. */
const oldNames: ReadonlyMap<string, string> = new Map([
  ['initiatemultipartupload', 'CreateMultipartUpload'],
  ['deletemultipleobjects', 'DeleteObjects'],
  ['getservice', 'ListBuckets'],
  ['deletebucketlifecycleconfiguration', 'DeleteBucketLifecycle'],
  ['deletebucketpublicaccessblock', 'DeletePublicAccessBlock'],
]);

/**
 * What authorises an API call that has no action of its own name; null for anything else.
 *
 * @example actionsOfApiName('s3:headobject') // { call: 'HeadObject', actions: ['s3:GetObject'] }
 */
export const actionsOfApiName = (action: string): { call: string; actions: readonly string[] } | null => {
  if (!action.toLowerCase().startsWith('s3:') || actionFacts(action) !== null) return null;
  const name = action.slice('s3:'.length).toLowerCase();
  const operation = operationOf(oldNames.get(name) ?? name);
  if (operation === null) return null;
  // A copy reads its source and writes its target.
  return {
    call: operation.name,
    actions: operation.copies ? ['s3:GetObject', operation.action] : [operation.action],
  };
};
