import { actionFacts } from './action-facts.ts';
import { conditionKeyFacts } from './key-facts.ts';

export const keyPresences = ['always', 'optional', 'never'] as const;
export type KeyPresence = (typeof keyPresences)[number];

/**
 * Global keys of every signed request.
 *
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html, "Availability"
 */
const always = new Set([
  'aws:CurrentTime',
  'aws:EpochTime',
  'aws:PrincipalAccount',
  'aws:PrincipalArn',
  'aws:PrincipalIsAWSService',
  'aws:PrincipalType',
  'aws:RequestedRegion',
  'aws:ResourceAccount',
  'aws:SecureTransport',
  'aws:userid',
  'aws:ViaAWSService',
  's3:ResourceAccount',
  's3:TlsVersion',
  's3:authType',
  's3:signatureAge',
  's3:signatureversion',
  // Lists carry 1000 where the caller names no number; an upload always says whether it makes the object.
  's3:max-keys',
  's3:ObjectCreationOperation',
]);

/** Global keys that exist only where the service authorization reference lists them for the action. */
const byActionOnly = new Set(['aws:RequestTag/', 'aws:ResourceTag/', 'aws:TagKeys']);

/**
 * Whether a signed request over TLS for this action carries the condition key. What is not in the table (actions of other
 * services, keys of identity providers) may be there: `optional`.
 *
 * @example keyPresence('s3:PutObject', 's3:prefix') // 'never'
 */
export const keyPresence = (action: string, key: string): KeyPresence => {
  const ofAction = actionFacts(action);
  const ofKey = conditionKeyFacts(key);
  if (ofAction === null || ofKey === null) return 'optional';
  const global = ofKey.name.startsWith('aws:') && !byActionOnly.has(ofKey.name);
  if (!global && !ofAction.conditionKeys.includes(ofKey.name)) return 'never';
  return always.has(ofKey.name) ? 'always' : 'optional';
};
