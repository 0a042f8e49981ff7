/**
 * Where to go after the sign-in: a path of ours, else the front page (no open redirect).
 *
 * @example toOwnPath('//evil.example') // '/'
 */
export const toOwnPath = (next: string | undefined): string => {
  const base = 'http://own.invalid';
  if (next === undefined || !next.startsWith('/') || next.length > 2000 || !URL.canParse(next, base))
    return '/';
  const url = new URL(next, base);
  return url.origin === base && !url.pathname.startsWith('//')
    ? `${url.pathname}${url.search}${url.hash}`
    : '/';
};
