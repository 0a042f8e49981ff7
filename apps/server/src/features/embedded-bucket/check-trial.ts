import { actionFacts, actions, splitArn } from '@windlass/policy';
import { nearest } from '@windlass/policy/lint';
import { AppError } from '../../kernel/app-error.ts';

/**
 * Throws invalidRequest, with the fields, for an action that nothing asks for and a resource that nothing has: no policy
 * would match them, and the answer would read as a verdict on the policies.
 *
 * @example checkTrial({ action: 's3:GetObjekt', resource: 'demo/a.jpg' }) // throws, with both fields
 */
export const checkTrial = ({ action, resource }: { action: string; resource: string }): void => {
  const errors = [
    ...(isKnownAction(action) ? [] : [{ path: 'action', message: unknownAction(action) }]),
    ...(isResource(resource) ? [] : [{ path: 'resource', message: noResource }]),
  ];
  if (errors.length === 0) return;
  throw new AppError('invalidRequest', 'No such request can be made.', { errors });
};

/** The table has all of S3; of IAM and STS the account itself knows what it answers. */
const isKnownAction = (action: string): boolean =>
  actionFacts(action) !== null || /^(?:iam|sts):[a-z]+$/i.test(action);

const names = actions.map(({ name }) => name);

const unknownAction = (action: string): string => {
  const meant = nearest(action, names);
  return meant === null ? 'is no action, such as s3:PutObject' : `is no action; ${meant} is one`;
};

const noResource = 'must be an ARN, such as arn:aws:s3:::bucket/key, or *';

const isResource = (resource: string): boolean =>
  resource === '*' || (splitArn(resource)?.[0] === 'arn' && !resource.endsWith(':'));
