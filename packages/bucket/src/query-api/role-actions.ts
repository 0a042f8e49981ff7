import { roleArn } from '../iam/arns.ts';
import { everyRole, roleResource } from './entity-names.ts';
import { pageOf } from './paging.ts';
import { roleElements } from './presenters.ts';
import type { QueryAction } from './query-call.ts';
import { noManagedPolicies } from './user-actions.ts';

/** Roles. https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html and its siblings */
export const roleActions: readonly QueryAction[] = [
  {
    name: 'CreateRole',
    resource: ({ parameters }) =>
      roleArn(parameters.required('RoleName'), parameters.optional('Path') ?? '/'),
    handle: async ({ parameters, services }) => {
      if (parameters.optional('PermissionsBoundary') !== undefined) throw noManagedPolicies();
      const role = await services.iam.createRole({
        name: parameters.required('RoleName'),
        trustPolicy: parameters.required('AssumeRolePolicyDocument'),
        path: parameters.optional('Path'),
        description: parameters.optional('Description'),
        maxSessionSeconds: parameters.integer('MaxSessionDuration'),
      });
      return { Role: roleElements(role) };
    },
  },
  {
    name: 'GetRole',
    resource: roleResource,
    handle: ({ parameters, services }) => ({
      Role: roleElements(services.iam.getRole(parameters.required('RoleName'))),
    }),
  },
  {
    name: 'DeleteRole',
    resource: roleResource,
    handle: async ({ parameters, services }) => {
      await services.iam.deleteRole(parameters.required('RoleName'));
      return undefined;
    },
  },
  {
    name: 'ListRoles',
    resource: everyRole,
    handle: ({ parameters, services }) => {
      const prefix = parameters.optional('PathPrefix') ?? '/';
      const roles = services.iam.listRoles().filter(({ path }) => path.startsWith(prefix));
      return pageOf(parameters, 'Roles', roles, roleElements);
    },
  },
  {
    name: 'UpdateAssumeRolePolicy',
    resource: roleResource,
    handle: async ({ parameters, services }) => {
      await services.iam.setTrustPolicy(
        parameters.required('RoleName'),
        parameters.required('PolicyDocument'),
      );
      return undefined;
    },
  },
  {
    name: 'ListAttachedRolePolicies',
    resource: roleResource,
    handle: ({ parameters, services }) => {
      services.iam.getRole(parameters.required('RoleName'));
      return pageOf(parameters, 'AttachedPolicies', [], () => undefined);
    },
  },
  {
    name: 'ListInstanceProfilesForRole',
    resource: roleResource,
    handle: ({ parameters, services }) => {
      services.iam.getRole(parameters.required('RoleName'));
      return pageOf(parameters, 'InstanceProfiles', [], () => undefined);
    },
  },
];
