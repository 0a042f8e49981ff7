import { encodePercent } from '../http/percent.ts';
import type { BucketIam, NamedPolicy, PolicyHolder } from '../iam/bucket-iam.ts';
import { noSuchPolicy } from '../iam/policy-calls.ts';
import { roleResource, userResource } from './entity-names.ts';
import { pageOf } from './paging.ts';
import type { QueryAction, QueryCall } from './query-call.ts';

/** Inline policies are the same four calls on users and on roles. */
interface HolderKind {
  /** `User` or `Role`, as it stands in names of actions and parameters. */
  word: 'User' | 'Role';
  resource(call: QueryCall): string;
  holder(name: string): PolicyHolder;
  policies(iam: BucketIam, name: string): readonly NamedPolicy[];
}

const kinds: readonly HolderKind[] = [
  {
    word: 'User',
    resource: userResource,
    holder: (user) => ({ user }),
    policies: (iam, name) => iam.getUser(name).policies,
  },
  {
    word: 'Role',
    resource: roleResource,
    holder: (role) => ({ role }),
    policies: (iam, name) => iam.getRole(name).policies,
  },
];

const actionsOf = ({ word, resource, holder, policies }: HolderKind): QueryAction[] => {
  const nameOf = ({ parameters }: QueryCall): string => parameters.required(`${word}Name`);
  return [
    {
      name: `Put${word}Policy`,
      resource,
      handle: async (call) => {
        const { parameters, services } = call;
        const document = parameters.required('PolicyDocument');
        await services.iam.putPolicy(holder(nameOf(call)), parameters.required('PolicyName'), document);
        return undefined;
      },
    },
    {
      name: `Get${word}Policy`,
      resource,
      handle: (call) => {
        const name = call.parameters.required('PolicyName');
        const policy = policies(call.services.iam, nameOf(call)).find((each) => each.name === name);
        if (policy === undefined) throw noSuchPolicy(name);
        return {
          [`${word}Name`]: nameOf(call),
          PolicyName: name,
          PolicyDocument: encodePercent(policy.document),
        };
      },
    },
    {
      name: `Delete${word}Policy`,
      resource,
      handle: async (call) => {
        await call.services.iam.deletePolicy(holder(nameOf(call)), call.parameters.required('PolicyName'));
        return undefined;
      },
    },
    {
      name: `List${word}Policies`,
      resource,
      handle: (call) => {
        const names = policies(call.services.iam, nameOf(call)).map(({ name }) => name);
        return pageOf(call.parameters, 'PolicyNames', names.toSorted(), (name) => name);
      },
    },
  ];
};

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_PutUserPolicy.html and its siblings */
export const policyActions: readonly QueryAction[] = kinds.flatMap(actionsOf);
