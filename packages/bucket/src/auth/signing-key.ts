import { createHmac } from 'node:crypto';
import type { CredentialScope } from './credential-scope.ts';
import type { SigningIdentity } from './credentials.ts';

export function hmac(key: Uint8Array | string, text: string): Buffer {
  return createHmac('sha256', key).update(text, 'latin1').digest();
}

/** A key signs for one date and region at a time, so a few entries serve a day; more is a client with a broken clock. */
const maximumScopesPerKey = 8;

/** Derives signing keys (AWS: Create a signed request, step 3) and keeps them: four HMACs saved on each request. */
export function createSigningKeys(): (key: SigningIdentity['key'], scope: CredentialScope) => Buffer {
  const known = new WeakMap<SigningIdentity['key'], Map<string, Buffer>>();
  return (key, scope) => {
    const name = `${scope.date}/${scope.region}/${scope.service}`;
    let keys = known.get(key);
    if (keys === undefined) {
      keys = new Map();
      known.set(key, keys);
    }
    let signingKey = keys.get(name);
    if (signingKey === undefined) {
      const dateKey = hmac(`AWS4${key.secretAccessKey}`, scope.date);
      signingKey = hmac(hmac(hmac(dateKey, scope.region), scope.service), 'aws4_request');
      if (keys.size >= maximumScopesPerKey) keys.clear();
      keys.set(name, signingKey);
    }
    return signingKey;
  };
}
