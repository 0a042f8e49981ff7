import * as oidc from 'openid-client';
import { AppError } from '../../kernel/app-error.ts';
import type { Clock } from '../../kernel/clock.ts';
import type { OidcSettings } from './deps.ts';

/** What a callback is compared with. */
export interface OidcChecks {
  state: string;
  nonce: string;
  codeVerifier: string;
}

/** A person as the provider vouches for them. */
export interface OidcPerson {
  issuer: string;
  subject: string;
  /** Lower case; null unless the provider says that it is verified. */
  verifiedEmail: string | null;
  name: string | null;
}

export interface OidcProvider {
  /** Where to send the browser, and what to remember until it comes back. */
  begin(redirectUri: string): Promise<OidcChecks & { url: URL }>;
  /** Trades the code of a callback for the person. Throws what openid-client throws. */
  finish(callbackUrl: URL, checks: OidcChecks): Promise<OidcPerson>;
}

const timeoutSeconds = 10;
const maxAnswerBytes = 1024 * 1024;
const discoveryMilliseconds = 60 * 60 * 1000;

/**
 * Authorization code flow with PKCE, state and nonce (OpenID Connect Core 3.1, RFC 7636).
 *
 * @throws Error for a plain http issuer beyond loopback: its answers could be forged on the way
 */
export const createOidcProvider = (settings: OidcSettings, clock: Clock): OidcProvider => {
  const insecure = settings.issuer.protocol === 'http:';
  if (insecure && !isLoopback(settings.issuer.hostname)) {
    throw new Error(
      `The OpenID issuer ${settings.issuer.origin} must be https: plain http is for loopback only.`,
    );
  }
  const discover = () =>
    oidc.discovery(
      settings.issuer,
      settings.clientId,
      undefined,
      authenticateClient(settings.clientSecret.reveal()),
      {
        timeout: timeoutSeconds,
        execute: insecure ? [oidc.allowInsecureRequests] : [],
        [oidc.customFetch]: boundedFetch,
      },
    );

  let known: { until: number; configuration: Promise<oidc.Configuration> } | null = null;
  const configure = async (): Promise<oidc.Configuration> => {
    if (known === null || known.until <= clock.now().getTime()) {
      known = { until: clock.now().getTime() + discoveryMilliseconds, configuration: discover() };
    }
    try {
      return await known.configuration;
    } catch (error) {
      // A provider that was away is asked again next time.
      known = null;
      throw error;
    }
  };

  return {
    begin: async (redirectUri) => {
      const configuration = await configure();
      const checks = {
        state: oidc.randomState(),
        nonce: oidc.randomNonce(),
        codeVerifier: oidc.randomPKCECodeVerifier(),
      };
      const url = oidc.buildAuthorizationUrl(configuration, {
        redirect_uri: redirectUri,
        scope: 'openid email profile',
        state: checks.state,
        nonce: checks.nonce,
        code_challenge: await oidc.calculatePKCECodeChallenge(checks.codeVerifier),
        code_challenge_method: 'S256',
      });
      return { ...checks, url };
    },
    finish: async (callbackUrl, checks) => {
      const configuration = await configure();
      const tokens = await oidc.authorizationCodeGrant(configuration, callbackUrl, {
        expectedState: checks.state,
        expectedNonce: checks.nonce,
        pkceCodeVerifier: checks.codeVerifier,
        idTokenExpected: true,
      });
      const claims = tokens.claims();
      if (claims === undefined) throw new Error('The provider sent no ID token.');
      // Many providers put the e-mail into the ID token; the others answer it at userinfo.
      const profile =
        claims['email'] === undefined && configuration.serverMetadata().userinfo_endpoint !== undefined
          ? await oidc.fetchUserInfo(configuration, tokens.access_token, claims.sub)
          : claims;
      return {
        issuer: claims.iss,
        subject: claims.sub,
        verifiedEmail:
          typeof profile['email'] === 'string' && profile['email_verified'] === true
            ? profile['email'].trim().toLowerCase()
            : null,
        name: typeof profile['name'] === 'string' ? profile['name'] : null,
      };
    },
  };
};

/** By the way the provider says it supports; HTTP Basic where it says nothing (OpenID Connect Discovery 3). */
const authenticateClient = (secret: string): oidc.ClientAuth => {
  const inBody = oidc.ClientSecretPost(secret);
  const inHeader = oidc.ClientSecretBasic(secret);
  return (server, ...rest) => {
    const supported = server.token_endpoint_auth_methods_supported ?? [];
    const bodyOnly = supported.includes('client_secret_post') && !supported.includes('client_secret_basic');
    return (bodyOnly ? inBody : inHeader)(server, ...rest);
  };
};

const isLoopback = (hostname: string): boolean =>
  hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname);

/** fetch for the provider's answers: openid-client brings the timeout's signal, this caps the size. */
const boundedFetch: oidc.CustomFetch = async (url, options) => {
  // openid-client's option type is looser than fetch's own in `body`; both are the same at run time.
  const response = await fetch(url, options as RequestInit);
  if (response.body === null) return response;
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body) {
    size += chunk.byteLength;
    if (size > maxAnswerBytes) {
      throw new AppError('originFailed', 'The answer of the OpenID provider is too large.');
    }
    chunks.push(chunk);
  }
  return new Response(Buffer.concat(chunks), {
    status: response.status,
    statusText: response.statusText,
    headers: response.headers,
  });
};
