import { createLocalJWKSet } from 'jose';
import type { JWTVerifyGetKey } from 'jose';
import { IamError } from '../iam/iam-error.ts';

/**
 * Fetches a JSON document of an identity provider. Whoever composes the bucket says by it which hosts may be reached: the
 * URL comes from an administrator, and that of the keys from the provider's own discovery document.
 */
export type FetchDocument = (url: string, options: { signal: AbortSignal }) => Promise<unknown>;

export interface ProviderKeys {
  /** Keys of an issuer; with `fresh`, past what is remembered, unless that is only seconds old. */
  of(issuerUrl: string, fresh: boolean): Promise<JWTVerifyGetKey>;
}

const fetchMilliseconds = 5000;
const rememberedMilliseconds = 10 * 60 * 1000;
/** Anybody may send a token with an unknown key, so that must not make us ask the provider each time. */
const shortestPauseMilliseconds = 30 * 1000;
/** A provider that does not answer is left alone for a moment, and not for long. */
const failureMilliseconds = 5 * 1000;
const maximumDocumentBytes = 256 * 1024;

/** OpenID Connect Discovery 1.0, sections 4 and 4.3. */
export function createProviderKeys(fetchDocument: FetchDocument, clock: { now(): Date }): ProviderKeys {
  // One entry for each provider that an administrator registered.
  const known = new Map<string, { until: number; freshUntil: number; keys: Promise<JWTVerifyGetKey> }>();

  async function load(issuerUrl: string): Promise<JWTVerifyGetKey> {
    const signal = AbortSignal.timeout(fetchMilliseconds);
    try {
      const found = await fetchDocument(`${issuerUrl}/.well-known/openid-configuration`, { signal });
      const { issuer, jwks_uri: keysUrl } = recordOf(found);
      if (issuer !== issuerUrl && issuer !== `${issuerUrl}/`)
        throw new Error('the document is of another issuer');
      if (typeof keysUrl !== 'string' || !isAllowed(keysUrl, issuerUrl))
        throw new Error('no jwks_uri that may be used');
      const { keys } = recordOf(await fetchDocument(keysUrl, { signal }));
      if (!Array.isArray(keys)) throw new Error('the keys are no JSON Web Key Set');
      // What is wrong in a single key is found when a token asks for it.
      return createLocalJWKSet({ keys });
    } catch (cause) {
      throw new IamError('IDPCommunicationError', undefined, cause);
    }
  }

  return {
    of(issuerUrl, fresh) {
      const now = clock.now().getTime();
      const entry = known.get(issuerUrl);
      if (entry !== undefined && now < (fresh ? entry.freshUntil : entry.until)) return entry.keys;
      const keys = load(issuerUrl);
      const next = { until: now + rememberedMilliseconds, freshUntil: now + shortestPauseMilliseconds, keys };
      known.set(issuerUrl, next);
      keys.catch(() => {
        next.until = now + failureMilliseconds;
        next.freshUntil = next.until;
      });
      return keys;
    },
  };
}

/** Plain HTTP only where the issuer itself is reached so, which IAM allows on loopback alone. */
const isAllowed = (url: string, issuerUrl: string): boolean =>
  URL.canParse(url) &&
  (new URL(url).protocol === 'https:' || new URL(url).origin === new URL(issuerUrl).origin);

const recordOf = (value: unknown): Readonly<Record<string, unknown>> =>
  // Any property of an object may be asked for; what comes is unknown.
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};

/** Without a guard of the composer's own: no redirects, a size cap, and the deadline of the signal. */
export const fetchJsonDocument: FetchDocument = async (url, { signal }) => {
  const response = await fetch(url, { signal, redirect: 'error', headers: { accept: 'application/json' } });
  if (!response.ok || response.body === null) throw new Error(`${url} answered ${response.status}`);
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body) {
    size += chunk.length;
    if (size > maximumDocumentBytes) throw new Error(`${url} is larger than ${maximumDocumentBytes} bytes`);
    chunks.push(chunk);
  }
  return JSON.parse(Buffer.concat(chunks).toString()) as unknown;
};
