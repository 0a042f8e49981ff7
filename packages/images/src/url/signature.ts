import { createHmac, timingSafeEqual } from 'node:crypto';

/** Both in standard base64; any length. */
export interface SigningKeys {
  secureKey: string;
  secureSalt: string;
}

export const signatureVerdicts = ['valid', 'missing', 'wrong', 'not-last'] as const;
export type SignatureVerdict = (typeof signatureVerdicts)[number];

interface SignedTarget {
  /** Decoded, no slash at either end, without the source's name. */
  path: string;
  /** The encoded query as it is sent, without the signature; empty where there is none. */
  rawQuery: string;
}

/**
 * imglab's signature: base64url, no padding, of HMAC-SHA256(key, salt + "/" + path + "?" + query). Scheme, host and
 * source name are not covered. The query is signed as the bytes that travel, never parsed and encoded anew.
 *
 * @returns 43 characters, to be sent as the last parameter `signature`.
 */
export const signTarget = (target: SignedTarget, keys: SigningKeys): string => {
  const hmac = createHmac('sha256', Buffer.from(keys.secureKey, 'base64'));
  hmac.update(Buffer.from(keys.secureSalt, 'base64'));
  hmac.update(`/${target.path}`, 'utf8');
  // A raw query holds one character a byte.
  if (target.rawQuery !== '') hmac.update(`?${target.rawQuery}`, 'latin1');
  return hmac.digest('base64url');
};

/** Decodes as far as a name needs: a disguised `s%69gnature` counts as one too. */
const isSignature = (pair: string): boolean => {
  const name = pair.split('=', 1)[0] ?? '';
  const plain = name.replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
  return plain === 'signature';
};

/**
 * The signature must be the last parameter, and there may be only one. Any of the pairs may have made it: while keys
 * are rotated there are two. Each comparison takes constant time, and all are made.
 *
 * @param keys without a pair nothing is valid
 */
export const verifySignature = (target: SignedTarget, keys: readonly SigningKeys[]): SignatureVerdict => {
  const pairs = target.rawQuery.split('&');
  const last = pairs.pop() ?? '';
  if (pairs.some(isSignature)) return 'not-last';
  if (!last.startsWith('signature=') || last.length === 'signature='.length) return 'missing';
  const given = Buffer.from(last.slice('signature='.length), 'latin1');
  const signed = { path: target.path, rawQuery: pairs.join('&') };
  const matches = keys.map((pair) => {
    const expected = Buffer.from(signTarget(signed, pair), 'latin1');
    return given.length === expected.length && timingSafeEqual(given, expected);
  });
  return matches.includes(true) ? 'valid' : 'wrong';
};
