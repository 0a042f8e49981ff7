import type { PolicyDocument } from '@windlass/policy';
import type { BucketIam, PolicyHolder } from './bucket-iam.ts';
import { editPolicies } from './edit-records.ts';
import { IamError } from './iam-error.ts';
import type { Identities } from './identities.ts';
import type { StoredPolicies } from './identity-records.ts';
import { checkPolicyName } from './names.ts';
import { readPolicy } from './read-policy.ts';
import type { PolicyUse } from './read-policy.ts';

/** Of all inline policies of one entity, white space not counted (IAM: IAM and AWS STS quotas). */
const maximumInlineLength = { user: 2048, role: 10_240 } as const;

/** The document, read as IAM reads it when it is put. Throws MalformedPolicyDocument. */
export function checkedPolicy(text: string, kind: Exclude<PolicyUse['kind'], 'bucket'>): PolicyDocument {
  const { document, problem } = readPolicy(text, { kind });
  if (problem !== undefined) throw new IamError('MalformedPolicyDocument', problem);
  return document;
}

type PolicyCalls = Pick<BucketIam, 'putPolicy' | 'deletePolicy' | 'setBoundary'>;

export function createPolicyCalls(identities: Identities): PolicyCalls {
  const edit = (holder: PolicyHolder, change: (policies: StoredPolicies) => StoredPolicies): Promise<void> =>
    identities.change((records) => ({ records: editPolicies(records, holder, change), result: undefined }));

  return {
    putPolicy: async (holder, name, document) => {
      checkPolicyName(name);
      checkedPolicy(document, 'identity');
      return edit(holder, (before) => {
        const policies = [...before.policies.filter((policy) => policy.name !== name), { name, document }];
        checkTotal(holder, policies);
        return { ...before, policies };
      });
    },

    deletePolicy: (holder, name) =>
      edit(holder, (before) => {
        const policies = before.policies.filter((policy) => policy.name !== name);
        if (policies.length === before.policies.length) throw noSuchPolicy(name);
        return { ...before, policies };
      }),

    setBoundary: async (holder, document) => {
      if (document !== null) checkedPolicy(document, 'boundary');
      return edit(holder, (before) => ({ ...before, boundary: document }));
    },
  };
}

export const noSuchPolicy = (name: string): IamError =>
  new IamError('NoSuchEntity', `The policy with name ${name} cannot be found.`);

function checkTotal(holder: PolicyHolder, policies: StoredPolicies['policies']): void {
  const [kind, name] = 'user' in holder ? (['user', holder.user] as const) : (['role', holder.role] as const);
  const length = policies.reduce((sum, { document }) => sum + document.replaceAll(/\s/g, '').length, 0);
  if (length > maximumInlineLength[kind]) {
    throw new IamError(
      'LimitExceeded',
      `Maximum policy size of ${maximumInlineLength[kind]} bytes exceeded for ${kind} ${name}`,
    );
  }
}
