import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { concatBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import { decodeBase64, encodeBase64Url } from './base64.ts';

/** What a secured source shows once: base64, never to be sent to a browser. */
export interface SigningKeys {
  secureKey: string;
  secureSalt: string;
}

/**
 * base64url of HMAC-SHA256(key, salt + "/" + path + "?" + query): imglab's signature, 43 characters.
 *
 * @param path decoded, no slash at either end
 * @param query encoded as it is sent; empty where there is none
 */
export const sign = (path: string, query: string, keys: SigningKeys): string => {
  const signed = `/${path}${query === '' ? '' : `?${query}`}`;
  return encodeBase64Url(
    hmac(
      sha256,
      decodeBase64(keys.secureKey),
      concatBytes(decodeBase64(keys.secureSalt), utf8ToBytes(signed)),
    ),
  );
};
