/**
 * Fills the `:name` parts of a path and adds the query.
 *
 * @example requestUrl('/api/v1/teams/:teamId', { teamId: 'team_1' }, { limit: 5 }) // '/api/v1/teams/team_1?limit=5'
 * @throws when a part has no value, or the query one that is no text: a wrong address must never be sent.
 */
export const requestUrl = (
  path: string,
  params: Readonly<Record<string, unknown>>,
  query: Readonly<Record<string, unknown>>,
): string => {
  const filled = path.replaceAll(/:([A-Za-z]+)/g, (_, name: string) => {
    const value = params[name];
    if (typeof value !== 'string' || value === '') throw new Error(`the path needs ${name}`);
    return encodeURIComponent(value);
  });
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value === undefined || value === null) continue;
    if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') {
      throw new TypeError(`the query cannot hold ${name}`);
    }
    search.set(name, String(value));
  }
  const text = search.toString();
  return text === '' ? filled : `${filled}?${text}`;
};
