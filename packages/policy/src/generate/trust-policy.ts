import type { PolicyDocument, PrincipalElement, Statement } from '../document/policy-document.ts';
import type { GenerateInput } from './generate-input.ts';
import { memberTag } from './own-folder.ts';
import { partitionOf } from './resource-names.ts';

interface TrustParts {
  /** The provider follows `sts:ExternalId`. */
  readonly externalId: boolean;
  /** It takes tokens. */
  readonly webIdentity: boolean;
  /** Sessions carry a tag that policies read. */
  readonly tagged: boolean;
}

/**
 * Who may assume the role: our principal with the external ID of this connection, or a token of our issuer for this
 * connection. Both may be asked for. Null where neither is.
 *
 * Sources: https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html,
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-idp_oidc.html
 */
export const trustPolicy = (
  input: GenerateInput,
  { externalId, webIdentity, tagged }: TrustParts,
): PolicyDocument | null => {
  const statements: Statement[] = [];
  if (input.trust !== undefined) {
    const Principal = { AWS: input.trust.principal };
    statements.push({
      Sid: 'AssumeRole',
      Effect: 'Allow',
      Principal,
      Action: 'sts:AssumeRole',
      ...(externalId && { Condition: { StringEquals: { 'sts:ExternalId': input.trust.externalId } } }),
    });
    if (tagged) statements.push(tagSession(Principal));
  }
  if (input.webIdentity !== undefined && webIdentity) {
    const Principal = { Federated: identityProviderArn(input, input.webIdentity) };
    statements.push(assumeWithToken(Principal, input.webIdentity));
    if (tagged) statements.push(tagSession(Principal));
  }
  return statements.length === 0
    ? null
    : {
        Version: '2012-10-17',
        Statement: statements.map((one, index) => withUniqueSid(one, index, statements)),
      };
};

/** ARN of the identity provider that the issuer is registered as in the bucket's account. */
export const identityProviderArn = (
  { region, accountId = '' }: GenerateInput,
  { issuer }: { issuer: string },
): string => `arn:${partitionOf(region)}:iam::${accountId}:oidc-provider/${issuer}`;

const assumeWithToken = (
  Principal: PrincipalElement,
  { issuer, audience, subject }: { issuer: string; audience: string; subject: string },
): Statement => ({
  Sid: 'AssumeRoleWithWebIdentity',
  Effect: 'Allow',
  Principal,
  Action: 'sts:AssumeRoleWithWebIdentity',
  Condition: { StringEquals: { [`${issuer}:aud`]: audience, [`${issuer}:sub`]: subject } },
});

/** A statement of its own: the request to tag has no external ID and no claims of the token. */
const tagSession = (Principal: PrincipalElement): Statement => ({
  Sid: 'TagSession',
  Effect: 'Allow',
  Principal,
  Action: 'sts:TagSession',
  Condition: { StringLike: { [`aws:RequestTag/${memberTag}`]: '*' } },
});

const withUniqueSid = (statement: Statement, index: number, all: readonly Statement[]): Statement =>
  all.findIndex(({ Sid }) => Sid === statement.Sid) === index
    ? statement
    : { ...statement, Sid: `${statement.Sid}${index}` };
