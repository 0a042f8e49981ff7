interface FailureWords {
  title: string;
  detail: string;
  next: string;
}

/** Why a sign-in with another provider came back without a session, by the `error` of the address. */
const failures: Readonly<Record<string, FailureWords>> = {
  oidcFailed: {
    title: 'The other provider did not sign you in',
    detail: 'It could not be reached, or its answer did not hold.',
    next: 'Try again in a moment; if it stays, tell who runs this server.',
  },
  oidcDenied: {
    title: 'You were not signed in',
    detail: 'The other provider says that you declined.',
    next: 'Try again and allow it, or use your password.',
  },
  oidcExpired: {
    title: 'That sign-in is no longer open',
    detail: 'It took too long, was used already, or began in another browser.',
    next: 'Begin again.',
  },
  oidcEmailUnverified: {
    title: 'Your e-mail address is not confirmed',
    detail: 'The other provider does not vouch for it.',
    next: 'Confirm the address there, then try again.',
  },
  oidcNotInvited: {
    title: 'There is no account for you yet',
    detail: 'Nobody has invited this address.',
    next: 'Ask somebody in the team for an invitation link and open it first.',
  },
};

/** The words for a failure; a code from a newer server reads as the general one. Null without a code. */
export const oidcFailureWords = (code: string | undefined): FailureWords | null => {
  if (code === undefined) return null;
  const known = Object.hasOwn(failures, code) ? failures[code] : failures['oidcFailed'];
  return known ?? null;
};
