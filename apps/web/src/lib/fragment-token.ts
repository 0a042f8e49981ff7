/** The one-time token of a link: `#token=abc`. In the fragment it reaches no server log. */
export const readFragmentToken = (hash: string): string | null =>
  new URLSearchParams(hash.replace(/^#/, '')).get('token');

/** Takes the fragment out of the address and of this entry of the history. */
export const stripFragment = (): void => {
  const { pathname, search } = window.location;
  window.history.replaceState(window.history.state, '', pathname + search);
};
