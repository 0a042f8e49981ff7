import { digitsOnly } from '../match/decimal.ts';
import { splitArn } from '../match/arn.ts';

export const principalKinds = ['user', 'role', 'federated', 'root', 'anonymous', 'outside'] as const;
/** `outside`: an AWS service or an identity provider. No identity policies hang on it, nor on the anonymous caller. */
export type PrincipalKind = (typeof principalKinds)[number];

/** Who asks, as far as policies can tell. */
export interface Principal {
  readonly kind: PrincipalKind;
  /** As the request names it. */
  readonly name: string;
  /** Twelve digits; null for callers that are in no account. */
  readonly account: string | null;
  /** Of a role session: the role's ARN, which resource policies may name too. */
  readonly roleArn: string | null;
}

/** Twelve digits. */
export const isAccountId = (text: string): boolean => text.length === 12 && digitsOnly(text);

/** The session's ARN lacks the path of its role; `aws:PrincipalArn` has it. */
const roleOfSession = (fields: readonly string[], principalArn: string | null): string => {
  const [, partition = '', , , account = '', resource = ''] = fields;
  const role = resource.split('/')[1] ?? '';
  const of = principalArn === null ? null : splitArn(principalArn);
  const isItsRole =
    of?.[4] === account && of[5]?.startsWith('role/') === true && of[5].split('/').at(-1) === role;
  return isItsRole && principalArn !== null ? principalArn : `arn:${partition}:iam::${account}:role/${role}`;
};

/**
 * Reads the caller out of a request.
 *
 * @param principalArn the value of `aws:PrincipalArn`, where the request has one
 * @example readPrincipal('arn:aws:sts::111122223333:assumed-role/ingest/s1', null).roleArn // 'arn:aws:iam::111122223333:role/ingest'
 */
export const readPrincipal = (name: string, principalArn: string | null): Principal => {
  if (name === '*' || name === '') return { kind: 'anonymous', name: '*', account: null, roleArn: null };
  if (isAccountId(name)) return { kind: 'root', name, account: name, roleArn: null };
  const fields = splitArn(name);
  const account = fields?.[4] ?? '';
  if (fields === null || !isAccountId(account))
    return { kind: 'outside', name, account: null, roleArn: null };
  const resource = fields[5] ?? '';
  if (resource === 'root') return { kind: 'root', name, account, roleArn: null };
  const type = resource.slice(0, Math.max(0, resource.indexOf('/')));
  switch (type) {
    case 'assumed-role':
      return { kind: 'role', name, account, roleArn: roleOfSession(fields, principalArn) };
    case 'role':
      return { kind: 'role', name, account, roleArn: name };
    case 'federated-user':
      return { kind: 'federated', name, account, roleArn: null };
    case 'saml-provider':
    case 'oidc-provider':
      return { kind: 'outside', name, account: null, roleArn: null };
    default:
      return { kind: 'user', name, account, roleArn: null };
  }
};

/** AWS's own roles, which organization policies leave alone. */
export const isServiceLinked = ({ roleArn }: Principal): boolean =>
  roleArn?.includes(':role/aws-service-role/') === true;
