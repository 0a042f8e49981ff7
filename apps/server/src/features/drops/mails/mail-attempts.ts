const minute = 60;
const hour = 60 * minute;

/**
 * Seconds between one try and the next: eight tries over about a day. Whether a recipient's server is away for days is the
 * business of the relay (RFC 5321 4.5.4.1); this bridges the time in which the relay is.
 */
export const mailDelaysSeconds = [
  20,
  2 * minute,
  10 * minute,
  40 * minute,
  3 * hour,
  8 * hour,
  12 * hour,
] as const;

/**
 * Tries of one mail, those that somebody asks for included. Who goes on delivering to an address that refuses is taken for a
 * sender of spam.
 */
export const mostMailTries = 20;

/** How a try went. `refused`: the server will not take this mail, however often it is tried. */
export type MailResult = { kind: 'sent' } | { kind: 'refused' | 'failed'; trouble: string };

interface MailMoves {
  state: 'pending' | 'sent' | 'failed';
  attempts: number;
  trouble: string | null;
  /** When it is tried again; null: never. */
  nextAttemptAt: Date | null;
}

/**
 * What a try means for a mail.
 *
 * @param attempts tries before this one
 */
export const afterMailAttempt = (attempts: number, result: MailResult, now: Date): MailMoves => {
  const made = attempts + 1;
  switch (result.kind) {
    case 'sent':
      return { state: 'sent', attempts: made, trouble: null, nextAttemptAt: null };
    case 'refused':
      return { state: 'failed', attempts: made, trouble: result.trouble, nextAttemptAt: null };
    case 'failed': {
      const delay = mailDelaysSeconds[attempts];
      return delay === undefined
        ? { state: 'failed', attempts: made, trouble: result.trouble, nextAttemptAt: null }
        : {
            state: 'pending',
            attempts: made,
            trouble: result.trouble,
            nextAttemptAt: new Date(now.getTime() + delay * 1000),
          };
    }
  }
};
