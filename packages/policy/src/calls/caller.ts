import type { RequestContext } from '../evaluate/access-request.ts';
import { readPrincipal, type PrincipalKind } from '../evaluate/principal.ts';

/** Who calls, and what is known of the surroundings. */
export interface Caller {
  /** As in an `AccessRequest`. */
  readonly principal: string;
  /** Twelve digits: the account that owns the bucket. */
  readonly resourceAccount: string;
  /** What the request has beside what the call brings, e.g. `aws:SourceIp` or `aws:CurrentTime`; it wins over what is inferred. */
  readonly context?: RequestContext;
}

/** Values of `aws:PrincipalType`. */
const principalTypes: Readonly<Record<PrincipalKind, string>> = {
  user: 'User',
  role: 'AssumedRole',
  federated: 'FederatedUser',
  root: 'Account',
  anonymous: 'Anonymous',
  outside: '',
};

/**
 * The condition keys that follow from who calls, for a signed request over TLS. Time, address and tags cannot be inferred.
 *
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html, "Where you can use policy variables"
 */
export const callerContext = ({ principal, resourceAccount, context = {} }: Caller): RequestContext => {
  const given = context['aws:PrincipalArn'];
  const { kind, name, account, roleArn } = readPrincipal(principal, typeof given === 'string' ? given : null);
  const own: Record<string, string> = {
    'aws:PrincipalIsAWSService': String(kind === 'outside'),
    'aws:ResourceAccount': resourceAccount,
    'aws:SecureTransport': 'true',
    'aws:ViaAWSService': 'false',
    's3:ResourceAccount': resourceAccount,
    's3:TlsVersion': '1.3',
  };
  if (kind !== 'outside') own['aws:PrincipalType'] = principalTypes[kind];
  if (kind !== 'anonymous') {
    own['s3:authType'] = 'REST-HEADER';
    own['s3:signatureversion'] = 'AWS4-HMAC-SHA256';
  }
  if (account !== null) {
    own['aws:PrincipalAccount'] = account;
    own['aws:PrincipalArn'] = roleArn ?? name;
  }
  if (kind === 'user') own['aws:username'] = name.slice(name.lastIndexOf('/') + 1);
  if (kind === 'root' && account !== null) own['aws:userid'] = account;
  return { ...own, ...context };
};
