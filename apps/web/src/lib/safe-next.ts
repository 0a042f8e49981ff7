/**
 * Where to go after signing in. Only a path of this site: an address from elsewhere could lead a person,
 * just signed in, to a copy of this page. Browsers read `\` as `/` and drop tabs and line feeds in URLs.
 */
export const safeNext = (next: string | undefined): string => {
  if (next === undefined || !next.startsWith('/')) return '/';
  const base = 'http://here.invalid';
  const url = URL.parse(next, base);
  if (url === null || url.origin !== base || url.pathname.startsWith('/sign-in')) return '/';
  return `${url.pathname}${url.search}${url.hash}`;
};
