import type { Principal } from '../authorize.ts';
import { roleArn, sessionArn, userArn } from '../iam/arns.ts';
import type { Identities } from '../iam/identities.ts';
import type { AccessKey } from '../iam/identity-records.ts';
import { S3Error } from '../s3-error.ts';
import type { SessionTokens } from '../sts/session-token.ts';
import { sameSignature } from './same-signature.ts';

/** Who may sign with a key, and what with. */
export interface SigningIdentity {
  principal: Exclude<Principal, { kind: 'anonymous' }>;
  key: Pick<AccessKey, 'accessKeyId' | 'secretAccessKey'>;
}

export interface Credentials {
  /**
   * The identity behind a key id and, for temporary credentials, its session token. Throws InvalidAccessKeyId (an inactive
   * key is an unknown key, and so is a session whose role is gone), InvalidToken, ExpiredToken.
   */
  identify(accessKeyId: string, sessionToken: string | undefined): SigningIdentity;
}

export function createCredentials(
  identities: Pick<Identities, 'key' | 'role'>,
  tokens: Pick<SessionTokens, 'open'>,
  clock: { now(): Date },
): Credentials {
  function ofUser(accessKeyId: string): SigningIdentity {
    const found = identities.key(accessKeyId);
    if (found?.key.active !== true) throw unknownKey(accessKeyId);
    const { userId, name, path } = found.user;
    return { principal: { kind: 'user', userId, name, arn: userArn(name, path) }, key: found.key };
  }

  function ofSession(accessKeyId: string, token: string): SigningIdentity {
    const claims = tokens.open(token);
    if (claims === undefined || !sameSignature(claims.accessKeyId, accessKeyId)) {
      throw new S3Error('InvalidToken');
    }
    if (clock.now().getTime() >= claims.expiresAt) throw new S3Error('ExpiredToken');
    const role = identities.role(claims.roleId);
    if (role === undefined) throw unknownKey(accessKeyId);
    return {
      principal: {
        kind: 'session',
        roleId: role.roleId,
        roleName: role.name,
        roleArn: roleArn(role.name, role.path),
        sessionName: claims.sessionName,
        arn: sessionArn(role.name, claims.sessionName),
        issuedAt: new Date(claims.issuedAt),
        policy: claims.policy,
        provider: claims.provider,
      },
      key: claims,
    };
  }

  return {
    identify: (accessKeyId, sessionToken) =>
      sessionToken === undefined ? ofUser(accessKeyId) : ofSession(accessKeyId, sessionToken),
  };
}

const unknownKey = (accessKeyId: string): S3Error =>
  new S3Error('InvalidAccessKeyId', undefined, { AWSAccessKeyId: accessKeyId });
