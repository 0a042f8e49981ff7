import { readFragmentToken } from '../../lib/fragment-token.ts';

const storageKey = 'windlass-invitation';

/**
 * The token of an invitation: from the address, else from this tab's storage. The tab keeps it because
 * signing in with another provider leaves the page, and the address no longer holds it.
 */
export const takeInvitationToken = (): string | null => {
  const fresh = readFragmentToken(window.location.hash);
  try {
    if (fresh !== null) sessionStorage.setItem(storageKey, fresh);
    return fresh ?? sessionStorage.getItem(storageKey);
  } catch {
    // Storage may be closed; the link then works as long as the page stays.
    return fresh;
  }
};

export const forgetInvitationToken = (): void => {
  try {
    sessionStorage.removeItem(storageKey);
  } catch {
    // Storage is closed: nothing was kept.
  }
};
