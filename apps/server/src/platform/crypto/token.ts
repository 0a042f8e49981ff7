import { createHash, randomBytes } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { Secret } from '../../kernel/secret.ts';

const tokenBytes = 32;
const apiKeyPrefix = 'wk_';
const uploadTokenPrefix = 'wu_';
const uploadTokenPattern = /^wu_[\w-]{43}$/;
const orderTokenPrefix = 'wo_';
const orderTokenPattern = /^wo_[\w-]{43}$/;
const checksumLength = 7;
const apiKeyPattern = /^wk_([\w-]{43})([0-9a-z]{7})$/;

/** A new random token of 256 bits, base64url (43 characters). */
export const newToken = (): Secret => new Secret(randomBytes(tokenBytes).toString('base64url'));

/**
 * What is kept of a token: SHA-256, base64url. A token is 256 random bits, so it needs neither salt nor a slow hash,
 * and looking it up by its hash leaks nothing useful by timing.
 */
export const hashToken = (token: string): string =>
  createHash('sha256').update(token, 'utf8').digest('base64url');

/**
 * A new API key: `wk_`, 256 random bits, and a checksum of 7 characters. Prefix and checksum let a scanner of leaked
 * secrets recognise a key without asking anybody.
 */
export const newApiKey = (): Secret => {
  const body = randomBytes(tokenBytes).toString('base64url');
  return new Secret(`${apiKeyPrefix}${body}${checksum(body)}`);
};

/** A new token of an upload grant: `wu_` and 256 random bits (43 characters). */
export const newUploadToken = (): Secret =>
  new Secret(uploadTokenPrefix + randomBytes(tokenBytes).toString('base64url'));

/** True for a text with the form of such a token; whether it is one of ours, the table knows. */
export const isUploadToken = (text: string): boolean => uploadTokenPattern.test(text);

/** A new token of an order that a customer is at: `wo_` and 256 random bits (43 characters). */
export const newOrderToken = (): Secret =>
  new Secret(orderTokenPrefix + randomBytes(tokenBytes).toString('base64url'));

/** True for a text with the form of such a token; whether it is one of ours, the table knows. */
export const isOrderToken = (text: string): boolean => orderTokenPattern.test(text);

/** True for a text with the form and the checksum of an API key; whether it is one of ours, the table knows. */
export const isApiKey = (text: string): boolean => {
  const match = apiKeyPattern.exec(text);
  return match?.[1] !== undefined && checksum(match[1]) === match[2];
};

/** CRC-32 in base 36, padded: 36^7 is above 2^32. */
const checksum = (body: string): string => crc32(body).toString(36).padStart(checksumLength, '0');
