import { evaluate } from '@windlass/policy';
import type { Principal } from '../authorize.ts';
import { accountId } from '../iam/arns.ts';
import { IamError } from '../iam/iam-error.ts';
import { checkExternalId } from '../iam/names.ts';
import { checkSessionInput, longestChainedSeconds, openSession } from './open-session.ts';
import type { AssumedRole, SessionInput } from './open-session.ts';
import type { StsDependencies } from './sts-dependencies.ts';
import { findRole, trustOf } from './trusted-role.ts';

export interface AssumeRoleInput extends SessionInput {
  readonly externalId: string | undefined;
}

/** `context` holds the condition keys of the request. */
export type AssumeRole = (
  principal: Principal,
  input: AssumeRoleInput,
  context: Record<string, string>,
) => AssumedRole;

/** https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html */
export function createAssumeRole({
  identities,
  enforcer,
  tokens,
  clock,
}: Pick<StsDependencies, 'identities' | 'enforcer' | 'tokens' | 'clock'>): AssumeRole {
  return (principal, input, context) => {
    if (principal.kind === 'anonymous') throw new IamError('MissingAuthenticationToken');
    checkSessionInput(input);
    const { externalId } = input;
    if (externalId !== undefined) checkExternalId(externalId);
    const role = findRole(identities.records().roles, input.roleArn);
    // A role that is not there and one that does not trust the caller are told apart by nobody.
    if (role === undefined) throw refused(principal, input.roleArn);
    const { decision } = evaluate(
      {
        principal: principal.arn,
        action: 'sts:AssumeRole',
        resource: input.roleArn,
        resourceAccount: accountId,
        context: {
          ...context,
          'sts:RoleSessionName': input.sessionName,
          ...(externalId === undefined ? {} : { 'sts:ExternalId': externalId }),
        },
      },
      { ...enforcer.policiesOf(principal, { bucket: null }), trust: trustOf(role) },
    );
    if (decision !== 'Allowed') throw refused(principal, input.roleArn);
    const longestSeconds =
      principal.kind === 'session'
        ? Math.min(longestChainedSeconds, role.maxSessionSeconds)
        : role.maxSessionSeconds;
    return openSession(tokens, role, input, { now: clock.now(), provider: null, longestSeconds });
  };
}

const refused = ({ arn }: Exclude<Principal, { kind: 'anonymous' }>, roleArn: string): IamError =>
  new IamError(
    'AccessDenied',
    `User: ${arn} is not authorized to perform: sts:AssumeRole on resource: ${roleArn.slice(0, 200)}`,
  );
