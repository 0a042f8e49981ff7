/** The one account of an embedded bucket; AWS's ids have twelve digits. */
export const accountId = '000000000000';

const iam = `arn:aws:iam::${accountId}`;

/** `path` begins and ends in a slash. */
export const userArn = (name: string, path = '/'): string => `${iam}:user${path}${name}`;
export const roleArn = (name: string, path = '/'): string => `${iam}:role${path}${name}`;
/** Of a session of a role; paths are left out (IAM: IAM identifiers). */
export const sessionArn = (roleName: string, sessionName: string): string =>
  `arn:aws:sts::${accountId}:assumed-role/${roleName}/${sessionName}`;
/** `issuer` is the provider's URL without its scheme. */
export const oidcProviderArn = (issuer: string): string => `${iam}:oidc-provider/${issuer}`;

/** The name at the end of a role's ARN in this account, with its path; undefined for anything else. */
export function roleOfArn(arn: string): { name: string; path: string } | undefined {
  const match = /^arn:aws:iam::(\d{12}):role(\/(?:[!-~]+\/)?)([\w+=,.@-]{1,64})$/.exec(arn);
  return match?.[1] === accountId ? { name: match[3] ?? '', path: match[2] ?? '/' } : undefined;
}
