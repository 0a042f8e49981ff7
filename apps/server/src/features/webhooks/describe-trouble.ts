import { AppError } from '../../kernel/app-error.ts';

const causesByCode: Record<string, string> = {
  ECONNREFUSED: 'The receiver refused the connection.',
  ECONNRESET: 'The receiver broke off the connection.',
  EPIPE: 'The receiver broke off the connection.',
  ENOTFOUND: 'The name of the receiver does not resolve.',
  EAI_AGAIN: 'The name of the receiver could not be looked up just now.',
  ETIMEOUT: 'Looking up the name of the receiver took too long.',
  ETIMEDOUT: 'The receiver did not answer in time.',
  EHOSTUNREACH: 'The receiver cannot be reached from here.',
  ENETUNREACH: 'The receiver cannot be reached from here.',
  CERT_HAS_EXPIRED: 'The certificate of the receiver has expired.',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'The certificate of the receiver is signed by nobody known.',
  SELF_SIGNED_CERT_IN_CHAIN: 'The certificate of the receiver is signed by nobody known.',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'The receiver sends its certificate without the one that signed it.',
  ERR_TLS_CERT_ALTNAME_INVALID: 'The certificate of the receiver is for another name.',
};

/**
 * Why no answer came, in plain words; of an error that is not known, its code alone. Nothing of the receiver's own words
 * is repeated.
 */
export const describeTrouble = (error: unknown): string => {
  if (error instanceof AppError) return error.message;
  if (error instanceof Error && /^(TimeoutError|AbortError)$/.test(error.name))
    return 'The receiver did not answer in time.';
  const code =
    error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null;
  if (code === null) return 'The message could not be sent.';
  if (code.startsWith('HPE_')) return 'The receiver does not speak HTTP as it should.';
  if (code.startsWith('ERR_SSL_') || code === 'EPROTO')
    return 'The receiver does not speak TLS as it should.';
  return causesByCode[code] ?? `The message could not be sent (${code}).`;
};
