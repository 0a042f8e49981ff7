import { createAssumeRole } from './assume-role.ts';
import type { AssumeRole } from './assume-role.ts';
import { createAssumeRoleWithWebIdentity } from './assume-role-with-web-identity.ts';
import type { AssumeRoleWithWebIdentity } from './assume-role-with-web-identity.ts';
import type { StsDependencies } from './sts-dependencies.ts';

/** What STS does here. Failures are thrown as an `IamError` with STS's code. */
export interface StsCalls {
  assumeRole: AssumeRole;
  assumeRoleWithWebIdentity: AssumeRoleWithWebIdentity;
}

export const createStsCalls = (dependencies: StsDependencies): StsCalls => ({
  assumeRole: createAssumeRole(dependencies),
  assumeRoleWithWebIdentity: createAssumeRoleWithWebIdentity(dependencies),
});
