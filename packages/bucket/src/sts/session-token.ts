import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

/** What a session is: everything that a request signed with its credentials must be judged by. */
export interface SessionClaims {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly roleId: string;
  readonly sessionName: string;
  /** Milliseconds since 1970, as all times here. */
  readonly issuedAt: number;
  readonly expiresAt: number;
  /** The session policy, or null. */
  readonly policy: string | null;
  /** ARN of the identity provider whose token opened the session, or null. */
  readonly provider: string | null;
}

export interface SessionTokens {
  seal(claims: SessionClaims): string;
  /** Undefined when this server did not make the token, or somebody changed it. */
  open(token: string): SessionClaims | undefined;
}

const version = 1;
const nonceBytes = 12;
const tagBytes = 16;
const headerBytes = 1 + nonceBytes;
/** A session policy has 2,048 characters at most; a token far beyond that is none of ours. */
const maximumTokenLength = 16 * 1024;

/**
 * Session tokens that hold their session, sealed with AES-256-GCM under a key of the data folder: nothing is written when
 * a role is assumed, and a restart ends no session. `version | nonce | tag | ciphertext`, in base64url.
 *
 * @param key 32 bytes
 */
export const createSessionTokens = (key: Uint8Array): SessionTokens => ({
  seal: (claims) => {
    const nonce = randomBytes(nonceBytes);
    const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: tagBytes });
    cipher.setAAD(Uint8Array.of(version));
    const sealed = Buffer.concat([cipher.update(JSON.stringify(claims)), cipher.final()]);
    return Buffer.concat([Uint8Array.of(version), nonce, cipher.getAuthTag(), sealed]).toString('base64url');
  },

  open: (token) => {
    if (token.length > maximumTokenLength) return undefined;
    const bytes = Buffer.from(token, 'base64url');
    // Decoding skips what is no base64url, so another text could stand for the same bytes.
    if (bytes.toString('base64url') !== token || bytes.length <= headerBytes + tagBytes) return undefined;
    if (bytes[0] !== version) return undefined;
    const nonce = bytes.subarray(1, headerBytes);
    const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: tagBytes });
    decipher.setAAD(Uint8Array.of(version));
    decipher.setAuthTag(bytes.subarray(headerBytes, headerBytes + tagBytes));
    try {
      const opened = [decipher.update(bytes.subarray(headerBytes + tagBytes)), decipher.final()];
      // The tag proves that `seal` wrote the text, from a value of this type.
      return JSON.parse(Buffer.concat(opened).toString()) as SessionClaims;
    } catch {
      // A tag that does not fit: the question was whether the token is ours, and it is not.
      return undefined;
    }
  },
});
