/** What nodemailer puts on its errors. */
interface SmtpFacts {
  /** `EAUTH`, `ECONNECTION`, `ETIMEDOUT`, `EENVELOPE`, … */
  code: string | null;
  /** The SMTP server's answer: 250, 421, 550, … */
  responseCode: number | null;
}

const factsOf = (error: unknown): SmtpFacts => {
  if (!(error instanceof Error)) return { code: null, responseCode: null };
  const code = 'code' in error && typeof error.code === 'string' ? error.code : null;
  const responseCode =
    'responseCode' in error && typeof error.responseCode === 'number' ? error.responseCode : null;
  return { code, responseCode };
};

const wordsOf: Record<string, string> = {
  EAUTH: 'The SMTP server did not take the user name or password.',
  ECONNECTION: 'The SMTP server could not be reached.',
  ECONNREFUSED: 'The SMTP server could not be reached.',
  // Of a connection that never stood as well as of one that broke.
  ESOCKET: 'The SMTP server could not be reached, or ended the connection.',
  EDNS: 'The name of the SMTP server could not be found.',
  ETIMEDOUT: 'The SMTP server did not answer in time.',
  ETLS: 'The SMTP server offers no TLS that could be trusted.',
  EENVELOPE: 'The SMTP server did not take the address.',
};

/**
 * In plain words, without the server's own: its answers may quote what was sent.
 *
 * @example mailFailure(error) // 'The SMTP server did not take the address. It answered 550.'
 */
export const mailFailure = (error: unknown): string => {
  const { code, responseCode } = factsOf(error);
  const words = (code === null ? undefined : wordsOf[code]) ?? 'The mail could not be sent.';
  return responseCode === null ? words : `${words} It answered ${responseCode}.`;
};

/** RFC 5321 4.2.1: 5yz is for good; a wrong password (535) is not, since an operator will mend it. */
export const isPermanent = (error: unknown): boolean => {
  const { code, responseCode } = factsOf(error);
  return code !== 'EAUTH' && responseCode !== null && responseCode >= 500 && responseCode < 600;
};
