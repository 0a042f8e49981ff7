const storageKey = 'windlass-signed-in';

/**
 * Whether this browser has a session, as far as can be known without asking the server: pages that are open to
 * everybody must not call it only to find out. The session itself is a cookie that scripts cannot read.
 */
export const mayBeSignedIn = (): boolean => {
  try {
    return localStorage.getItem(storageKey) !== null;
  } catch {
    // Storage may be closed; such a page then shows itself as to a stranger.
    return false;
  }
};

/** Noted whenever the server has said whether there is a session. */
export const noteSignedIn = (signedIn: boolean): void => {
  try {
    if (signedIn) localStorage.setItem(storageKey, 'yes');
    else localStorage.removeItem(storageKey);
  } catch {
    // Storage may be closed; nothing but the frame of open pages depends on it.
  }
};
