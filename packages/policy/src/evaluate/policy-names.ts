import type { PolicyKind } from '../document/policy-document.ts';
import type { StatementPlace } from './evaluation.ts';

/** Kinds of policy as a sentence names them. */
export const policyNames: Readonly<Record<PolicyKind, string>> = {
  identity: 'identity policy',
  group: 'group policy',
  boundary: 'permissions boundary',
  session: 'session policy',
  bucket: 'bucket policy',
  accessPoint: 'access point policy',
  vpcEndpoint: 'VPC endpoint policy',
  scp: 'service control policy',
  rcp: 'resource control policy',
  trust: 'trust policy',
};

/** @example describePlace(place) // 'statement 2 ("DenyOutside") of the bucket policy' */
export const describePlace = ({ policy, policyIndex, statementIndex, sid }: StatementPlace): string => {
  const name = policyIndex === 0 ? `the ${policyNames[policy]}` : `${policyNames[policy]} ${policyIndex + 1}`;
  return `statement ${statementIndex + 1}${sid === null ? '' : ` ("${sid}")`} of ${name}`;
};
