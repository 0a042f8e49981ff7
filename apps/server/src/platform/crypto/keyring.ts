import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { Secret } from '../../kernel/secret.ts';

const keyBytes = 32;
const ivBytes = 12;
const tagBytes = 16;
const cipher = 'aes-256-gcm';

/** One key-encryption key. `kid` names it in every envelope it wrapped. */
export interface KeyringKey {
  kid: string;
  key: Uint8Array;
}

/**
 * Wraps data keys. Knows nothing of what they seal, so that a key management service can stand in its place.
 * Rotation: put the new key first, start, let every record be wrapped anew, take the old key out.
 */
export interface Keyring {
  /** Wraps with this one; unwraps with any. */
  readonly activeKid: string;
  has(kid: string): boolean;
  wrap(dataKey: Uint8Array, context: string): Buffer;
  /** Throws KeyringError where the key is unknown, or it or the context is another. */
  unwrap(kid: string, wrapped: Uint8Array, context: string): Buffer;
}

/** The keyring cannot be read, or lacks the key that is asked for. The message holds no key material. */
export class KeyringError extends Error {
  override readonly name = 'KeyringError';
}

/** @throws KeyringError for no key, two of one name, or a key that is not 32 bytes. */
export const createKeyring = (keys: readonly KeyringKey[]): Keyring => {
  const byKid = new Map<string, Buffer>();
  for (const { kid, key } of keys) {
    if (!/^[A-Za-z0-9_-]{1,32}$/.test(kid)) {
      throw new KeyringError(
        'A key of the keyring needs a name of 1 to 32 letters, digits, dashes or underscores.',
      );
    }
    if (byKid.has(kid)) throw new KeyringError(`The keyring names the key ${kid} twice.`);
    if (key.byteLength !== keyBytes) {
      throw new KeyringError(
        `The key ${kid} of the keyring has ${key.byteLength} bytes and needs ${keyBytes}.`,
      );
    }
    byKid.set(kid, Buffer.from(key));
  }
  const activeKid = keys[0]?.kid;
  if (activeKid === undefined) throw new KeyringError('The keyring is empty.');

  const keyOf = (kid: string): Buffer => {
    const key = byKid.get(kid);
    if (key === undefined) throw new KeyringError(`The keyring does not hold the key ${kid}.`);
    return key;
  };

  return {
    activeKid,
    has: (kid) => byKid.has(kid),
    wrap: (dataKey, context) => {
      const iv = randomBytes(ivBytes);
      const sealing = createCipheriv(cipher, keyOf(activeKid), iv, { authTagLength: tagBytes });
      sealing.setAAD(aad(activeKid, context));
      return Buffer.concat([iv, sealing.update(dataKey), sealing.final(), sealing.getAuthTag()]);
    },
    unwrap: (kid, wrapped, context) => {
      if (wrapped.byteLength !== ivBytes + keyBytes + tagBytes) {
        throw new KeyringError('A wrapped key has the wrong length.');
      }
      const opening = createDecipheriv(cipher, keyOf(kid), wrapped.subarray(0, ivBytes), {
        authTagLength: tagBytes,
      });
      opening.setAAD(aad(kid, context));
      opening.setAuthTag(wrapped.subarray(-tagBytes));
      const plain = opening.update(wrapped.subarray(ivBytes, -tagBytes));
      try {
        opening.final();
        return plain;
      } catch (error) {
        plain.fill(0);
        throw new KeyringError(
          `The key ${kid} of the keyring does not open what it is said to have sealed.`,
          {
            cause: error,
          },
        );
      }
    },
  };
};

/** A wrapped key says by its context which key wrapped it: a renamed key opens nothing. */
const aad = (kid: string, context: string): Buffer =>
  Buffer.from(JSON.stringify(['windlass:key', kid, context]));

/**
 * Reads `kid:base64key,kid2:base64key`; the first is active.
 *
 * @throws KeyringError without repeating any of the text
 */
export const parseKeyring = (text: Secret): Keyring =>
  createKeyring(
    text
      .reveal()
      .trim()
      .split(',')
      .map((entry, at) => {
        const match = /^\s*([A-Za-z0-9_-]{1,32}):([A-Za-z0-9+/]{43}=)\s*$/.exec(entry);
        if (match?.[1] === undefined || match[2] === undefined) {
          throw new KeyringError(
            `Entry ${at + 1} of the keyring is not kid:key with 32 bytes in base64 (for one: openssl rand -base64 32).`,
          );
        }
        return { kid: match[1], key: Buffer.from(match[2], 'base64') };
      }),
  );
