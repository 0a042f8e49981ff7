import { AppError } from '../../kernel/app-error.ts';

/** What is said of the other side, which is put in for `@`. */
const causesByCode: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'The @ refused the connection.',
  ECONNRESET: 'The @ broke off the connection.',
  EPIPE: 'The @ broke off the connection.',
  ENOTFOUND: 'The name of the @ does not resolve.',
  EAI_AGAIN: 'The name of the @ could not be looked up just now.',
  ETIMEOUT: 'Looking up the name of the @ took too long.',
  ETIMEDOUT: 'The @ did not answer in time.',
  EHOSTUNREACH: 'The @ cannot be reached from here.',
  ENETUNREACH: 'The @ cannot be reached from here.',
  CERT_HAS_EXPIRED: 'The certificate of the @ has expired.',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'The certificate of the @ is signed by nobody known.',
  SELF_SIGNED_CERT_IN_CHAIN: 'The certificate of the @ is signed by nobody known.',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'The @ sends its certificate without the one that signed it.',
  ERR_TLS_CERT_ALTNAME_INVALID: 'The certificate of the @ is for another name.',
};

/**
 * Why no answer came, in plain words; of an error that is not known, its code alone. Nothing of the other side's own words
 * is repeated.
 *
 * @example describeTrouble(error, 'receiver') // 'The receiver refused the connection.'
 */
export const describeTrouble = (error: unknown, peer: string): string => {
  if (error instanceof AppError) return error.message;
  if (error instanceof Error && /^(TimeoutError|AbortError)$/.test(error.name))
    return `The ${peer} did not answer in time.`;
  const code =
    error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null;
  if (code === null) return `The ${peer} could not be asked.`;
  if (code.startsWith('HPE_')) return `The ${peer} does not speak HTTP as it should.`;
  if (code.startsWith('ERR_SSL_') || code === 'EPROTO') return `The ${peer} does not speak TLS as it should.`;
  return (causesByCode[code] ?? `The @ could not be asked (${code}).`).replace('@', peer);
};
