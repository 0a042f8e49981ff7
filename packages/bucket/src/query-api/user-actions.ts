import { IamError } from '../iam/iam-error.ts';
import { userArn } from '../iam/arns.ts';
import { everyUser, userNameOf, userResource } from './entity-names.ts';
import { pageOf } from './paging.ts';
import { isoSeconds, keyElements, userElements } from './presenters.ts';
import type { QueryAction, QueryCall } from './query-call.ts';

const keyStatuses: Record<string, boolean> = { Active: true, Inactive: false };

function keyStatus({ parameters }: QueryCall): boolean {
  const active = keyStatuses[parameters.required('Status')];
  if (active === undefined) throw new IamError('ValidationError', 'Status must be Active or Inactive.');
  return active;
}

/** Users and their keys. https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateUser.html and its siblings */
export const userActions: readonly QueryAction[] = [
  {
    name: 'CreateUser',
    resource: ({ parameters }) =>
      userArn(parameters.required('UserName'), parameters.optional('Path') ?? '/'),
    handle: async ({ parameters, services }) => {
      if (parameters.optional('PermissionsBoundary') !== undefined) throw noManagedPolicies();
      const user = await services.iam.createUser({
        name: parameters.required('UserName'),
        path: parameters.optional('Path'),
      });
      return { User: userElements(user) };
    },
  },
  {
    name: 'GetUser',
    resource: userResource,
    handle: (call) => ({ User: userElements(call.services.iam.getUser(userNameOf(call))) }),
  },
  {
    name: 'DeleteUser',
    resource: userResource,
    handle: async ({ parameters, services }) => {
      await services.iam.deleteUser(parameters.required('UserName'));
      return undefined;
    },
  },
  {
    name: 'ListUsers',
    resource: everyUser,
    handle: ({ parameters, services }) => {
      const prefix = parameters.optional('PathPrefix') ?? '/';
      const users = services.iam.listUsers().filter(({ path }) => path.startsWith(prefix));
      return pageOf(parameters, 'Users', users, userElements);
    },
  },
  {
    name: 'CreateAccessKey',
    resource: userResource,
    handle: async (call) => {
      const { name } = call.services.iam.getUser(userNameOf(call));
      const key = await call.services.iam.createAccessKey(name);
      return { AccessKey: { ...keyElements(name, key), SecretAccessKey: key.secretAccessKey } };
    },
  },
  {
    name: 'ListAccessKeys',
    resource: userResource,
    handle: (call) => {
      const { name, accessKeys } = call.services.iam.getUser(userNameOf(call));
      return pageOf(call.parameters, 'AccessKeyMetadata', accessKeys, (key) => keyElements(name, key));
    },
  },
  {
    name: 'UpdateAccessKey',
    resource: userResource,
    handle: async (call) => {
      const accessKeyId = call.parameters.required('AccessKeyId');
      await call.services.iam.setAccessKeyActive(userNameOf(call), accessKeyId, keyStatus(call));
      return undefined;
    },
  },
  {
    name: 'DeleteAccessKey',
    resource: userResource,
    handle: async (call) => {
      await call.services.iam.deleteAccessKey(userNameOf(call), call.parameters.required('AccessKeyId'));
      return undefined;
    },
  },
  {
    name: 'GetAccessKeyLastUsed',
    // Whose key it is is not told to whoever may not ask about that user; an unknown key is asked about on all.
    resource: ({ parameters, services }) => {
      const id = parameters.required('AccessKeyId');
      const owner = services.iam
        .listUsers()
        .find(({ accessKeys }) => accessKeys.some((key) => key.accessKeyId === id));
      return owner?.arn ?? userArn('*');
    },
    handle: ({ parameters, services }) => {
      const { userName, key } = services.iam.findAccessKey(parameters.required('AccessKeyId'));
      return {
        UserName: userName,
        AccessKeyLastUsed: {
          LastUsedDate: key.lastUsed === null ? undefined : isoSeconds(key.lastUsed.at),
          ServiceName: key.lastUsed?.service ?? 'N/A',
          Region: 'N/A',
        },
      };
    },
  },
  {
    name: 'ListAttachedUserPolicies',
    resource: userResource,
    handle: (call) => {
      call.services.iam.getUser(userNameOf(call));
      return pageOf(call.parameters, 'AttachedPolicies', [], () => undefined);
    },
  },
  {
    name: 'ListGroupsForUser',
    resource: userResource,
    handle: (call) => {
      call.services.iam.getUser(userNameOf(call));
      return pageOf(call.parameters, 'Groups', [], () => undefined);
    },
  },
];

/** Boundaries are managed policies on AWS, which this account does not have. */
export const noManagedPolicies = (): IamError =>
  new IamError('NoSuchEntity', 'There are no managed policies in this account; use inline policies.');
