import { oidcProviderArn, roleArn, userArn } from '../iam/arns.ts';
import { IamError } from '../iam/iam-error.ts';
import { sameName } from '../iam/names.ts';
import type { QueryCall } from './query-call.ts';

/** The user that a call is about: the named one, else the caller. Throws ValidationError. */
export function userNameOf({ parameters, principal }: QueryCall): string {
  const named = parameters.optional('UserName');
  if (named !== undefined && named !== '') return named;
  if (principal.kind === 'user') return principal.name;
  throw new IamError('ValidationError', 'Must specify userName when calling with non-User credentials');
}

/** ARN with the path of the user that is there; one that is not is asked about without a path. */
export function userResource(call: QueryCall): string {
  const name = userNameOf(call);
  const user = call.services.iam.listUsers().find((each) => sameName(each.name, name));
  return user?.arn ?? userArn(name);
}

export function roleResource({ parameters, services }: QueryCall): string {
  const name = parameters.required('RoleName');
  const role = services.iam.listRoles().find((each) => sameName(each.name, name));
  return role?.arn ?? roleArn(name);
}

export const providerResource = ({ parameters }: QueryCall): string =>
  parameters.required('OpenIDConnectProviderArn');

/** Lists are asked about on the path that they begin from. */
export const everyUser = ({ parameters }: QueryCall): string =>
  userArn('', parameters.optional('PathPrefix') ?? '/');
export const everyRole = ({ parameters }: QueryCall): string =>
  roleArn('', parameters.optional('PathPrefix') ?? '/');
export const everyProvider = (): string => oidcProviderArn('*');
