import type { DescribedCall } from './openapi-calls.ts';

/** Values of the ids in paths, queries and bodies, by parameter name. */
export type Ids = Readonly<Record<string, string>>;

export interface Answer {
  status: number;
  text: string;
}

/** Somebody who calls the API: nobody, a person with a session, or a program with a key. */
export interface Caller {
  send(method: string, path: string, body?: object | null): Promise<Answer>;
  /** A described call; throws when it needs an id that `ids` has not. */
  perform(call: DescribedCall, ids: Ids, bodyIds?: Ids): Promise<Answer>;
  query(call: DescribedCall, ids: Ids, query: Ids): Promise<Answer>;
}

const idPattern = /^[a-z]+_[0-7][0-9a-hjkmnp-tv-z]{25}$/;

const idOf = (ids: Ids, name: string, call: DescribedCall): string => {
  const id = ids[name];
  if (id === undefined) {
    throw new Error(`${call.id} needs ${name}: teach tests/security/authorization/two-teams.ts to make one.`);
  }
  return id;
};

const fillPath = (call: DescribedCall, ids: Ids): string =>
  call.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => idOf(ids, name, call));

/** The example's ids belong to nobody: they are replaced by real ones. */
const fillBody = (call: DescribedCall, ids: Ids): object | null =>
  call.body === null
    ? null
    : Object.fromEntries(
        Object.entries(call.body).map(([name, value]) => [
          name,
          typeof value === 'string' && idPattern.test(value) ? idOf(ids, name, call) : value,
        ]),
      );

/** The names of the ids that a call takes in its body. */
export const bodyIdNames = (call: DescribedCall): string[] =>
  Object.entries(call.body ?? {})
    .filter(([, value]) => typeof value === 'string' && idPattern.test(value))
    .map(([name]) => name);

export const createCaller = (origin: string, credentials: { cookie?: string; key?: string } = {}): Caller => {
  let cookie = credentials.cookie ?? '';
  const send: Caller['send'] = async (method, path, body = null) => {
    const response = await fetch(`${origin}${path}`, {
      method,
      headers: {
        origin,
        // Any version will do: this is about who may, not about when.
        'if-match': '*',
        ...(cookie === '' ? {} : { cookie }),
        ...(credentials.key === undefined ? {} : { authorization: `Bearer ${credentials.key}` }),
        ...(body === null ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === null ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(20_000),
    });
    for (const line of response.headers.getSetCookie()) cookie = line.split(';')[0] ?? '';
    return { status: response.status, text: await response.text() };
  };
  return {
    send,
    perform: (call, ids, bodyIds = ids) => send(call.method, fillPath(call, ids), fillBody(call, bodyIds)),
    query: (call, ids, query) =>
      send(call.method, `${fillPath(call, ids)}?${new URLSearchParams({ ...query })}`, fillBody(call, ids)),
  };
};
