import type { Principal } from '../authorize.ts';
import type { Enforcer } from '../enforce/enforcer.ts';
import type { Identities } from '../iam/identities.ts';
import { createAssumeRole } from './assume-role.ts';
import type { AssumeRoleInput } from './assume-role.ts';
import { createAssumeRoleWithWebIdentity } from './assume-role-with-web-identity.ts';
import type { WebIdentityInput, WebIdentityRole } from './assume-role-with-web-identity.ts';
import type { AssumedRole } from './open-session.ts';
import type { FetchDocument } from './provider-keys.ts';
import type { SessionTokens } from './session-token.ts';

/** What STS does here. Failures are thrown as an `IamError` with STS's code. */
export interface StsCalls {
  assumeRole(principal: Principal, input: AssumeRoleInput, context: Record<string, string>): AssumedRole;
  assumeRoleWithWebIdentity(
    input: WebIdentityInput,
    context: Record<string, string>,
  ): Promise<WebIdentityRole>;
}

export interface StsDependencies {
  identities: Pick<Identities, 'records' | 'role'>;
  enforcer: Pick<Enforcer, 'policiesOf'>;
  tokens: SessionTokens;
  fetchDocument: FetchDocument;
  clock: { now(): Date };
}

export const createStsCalls = (dependencies: StsDependencies): StsCalls => ({
  assumeRole: createAssumeRole(dependencies),
  assumeRoleWithWebIdentity: createAssumeRoleWithWebIdentity(dependencies),
});
