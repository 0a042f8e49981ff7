import type { PolicyDocument } from '../document/policy-document.ts';
import type { Capability } from '../jobs/capability.ts';
import { grantsOf, type Grant, type GrantScope } from '../jobs/grants.ts';
import { checkBucket, checkName, checkPrefix } from './check-names.ts';
import { compactPolicy } from './format-policy.ts';
import { grantStatements } from './grant-statements.ts';
import { keyStatements } from './key-statements.ts';
import { PolicyInputError } from './policy-input-error.ts';
import { bucketNames, literal } from './resource-names.ts';

/** What one action of the server does; it needs no more than this while it lasts. */
export const sessionActions = ['read', 'write', 'list', 'delete'] as const;
export type SessionAction = (typeof sessionActions)[number];

export interface SessionScope extends GrantScope {
  readonly bucket: string;
  /** Name whose own folders a gallery member has; a role has no `aws:username`. */
  readonly user?: string;
  readonly kmsKey?: string;
  /** Of the ARNs: `aws` when absent. */
  readonly partition?: string;
}

/** AWS: AssumeRole, parameter Policy. */
const maximumCharacters = 2048;

/**
 * A session policy for AssumeRole that cuts a role down to one prefix, for single actions or for whole capabilities.
 * STS takes the intersection with the role's own policies, so it can only take away.
 * Throws a PolicyInputError for a bucket or prefix that makes no document, and for one beyond 2,048 characters.
 *
 * Source: https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html
 *
 * @example sessionPolicy(['write'], { bucket: 'media', prefix: 'uploads/team-7/' })
 */
export const sessionPolicy = (
  uses: readonly (SessionAction | Capability)[],
  scope: SessionScope,
): PolicyDocument => {
  checkBucket(scope.bucket, 'bucket', { strict: false });
  checkPrefix(scope.prefix);
  if (scope.outputPrefix !== undefined) checkPrefix(scope.outputPrefix, 'outputPrefix');
  if (scope.user !== undefined) checkName(scope.user, 'user');
  const grants = uses.flatMap((use) =>
    isAction(use) ? grantsOfAction(use, scope.prefix) : grantsOf([use], scope),
  );
  if (grants.length === 0) throw new PolicyInputError('capabilities', 'names one at least');
  if (scope.user === undefined && grants.some(({ own }) => own))
    throw new PolicyInputError('user', 'is needed: sessions of a role have no name of a user');
  const document: PolicyDocument = {
    Version: '2012-10-17',
    Statement: [
      ...grantStatements(grants, {
        names: bucketNames(scope.bucket, scope.partition),
        ownFolder: literal(scope.user ?? ''),
      }),
      ...keyStatements(grants, scope.kmsKey),
    ],
  };
  const { length } = compactPolicy(document);
  if (length > maximumCharacters)
    throw new PolicyInputError(
      'prefix',
      `makes a session policy of ${length} characters; ${maximumCharacters} is STS's limit`,
    );
  return document;
};

const isAction = (use: SessionAction | Capability): use is SessionAction =>
  sessionActions.some((action) => action === use);

const grantsOfAction = (action: SessionAction, prefix: string): Grant[] => {
  const grant = (right: Grant['right']): Grant => ({ right, prefix, own: false });
  return action === 'write' ? [grant('write'), grant('resume')] : [grant(action)];
};
