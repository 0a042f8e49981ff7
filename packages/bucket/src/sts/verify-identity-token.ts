import { decodeJwt, errors, jwtVerify } from 'jose';
import type { JWTPayload } from 'jose';
import { IamError } from '../iam/iam-error.ts';
import type { StoredOidcProvider } from '../iam/identity-records.ts';
import type { ProviderKeys } from './provider-keys.ts';

/** STS: AssumeRoleWithWebIdentity, WebIdentityToken. */
const maximumTokenLength = 20_000;
/** Public keys only: a secret that the issuer shares with its clients proves nothing to us (RFC 8725, 3.1). */
const algorithms = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA'];

export interface IdentityToken {
  readonly provider: StoredOidcProvider;
  readonly subject: string;
  /** The one of the token's audiences that the provider is registered for. */
  readonly audience: string;
}

/**
 * Verifies a token of a registered provider: signature, issuer, audience, time. An issuer that nobody registered is never
 * asked for its keys. Throws InvalidIdentityToken, ExpiredTokenException, IDPCommunicationError.
 */
export async function verifyIdentityToken(
  token: string,
  { providers, keys, now }: { providers: readonly StoredOidcProvider[]; keys: ProviderKeys; now: Date },
): Promise<IdentityToken> {
  if (token.length > maximumTokenLength) throw new IamError('InvalidIdentityToken');
  const issuer = claimed(token).iss;
  const provider = providers.find(({ url }) => url === issuer || `${url}/` === issuer);
  if (provider === undefined) {
    throw new IamError(
      'InvalidIdentityToken',
      'No OpenIDConnect provider found in your account for the issuer of the token',
    );
  }
  const payload = await verify(token, provider, keys, now);
  const audience = [payload.aud ?? []].flat().find((each) => provider.clientIds.includes(each));
  if (audience === undefined) throw new IamError('InvalidIdentityToken', 'Incorrect token audience');
  if (payload.sub === undefined || payload.sub === '') {
    throw new IamError('InvalidIdentityToken', 'Missing a required claim: sub');
  }
  return { provider, subject: payload.sub, audience };
}

/** What the token says, before anything of it is believed. */
function claimed(token: string): JWTPayload {
  try {
    return decodeJwt(token);
  } catch (cause) {
    throw new IamError('InvalidIdentityToken', 'The ID Token provided is not a valid JWT.', cause);
  }
}

async function verify(
  token: string,
  { url }: StoredOidcProvider,
  keys: ProviderKeys,
  now: Date,
): Promise<JWTPayload> {
  const attempt = async (fresh: boolean): Promise<JWTPayload> => {
    const { payload } = await jwtVerify(token, await keys.of(url, fresh), {
      issuer: [url, `${url}/`],
      algorithms,
      currentDate: now,
      requiredClaims: ['exp', 'iat', 'sub', 'aud'],
      clockTolerance: 60,
    });
    return payload;
  };
  try {
    return await attempt(false).catch((error: unknown) => {
      // The provider may have turned its keys since they were fetched.
      if (error instanceof errors.JWKSNoMatchingKey) return attempt(true);
      throw error;
    });
  } catch (cause) {
    if (cause instanceof IamError) throw cause;
    if (cause instanceof errors.JWTExpired) throw new IamError('ExpiredTokenException', undefined, cause);
    throw new IamError(
      'InvalidIdentityToken',
      "Couldn't verify the signature or the claims of the token.",
      cause,
    );
  }
}
