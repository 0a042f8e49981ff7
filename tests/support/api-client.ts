import { randomUUID } from 'node:crypto';
import {
  problem,
  signIn,
  type Operation,
  type OperationCall,
  type OperationResult,
  type Problem,
} from '@windlass/contract';

type Absent<T> = { [K in keyof T as undefined extends T[K] ? K : never]?: T[K] };
type Present<T> = { [K in keyof T as undefined extends T[K] ? never : K]: T[K] };
type Input<O extends Operation> = Present<OperationCall<O>> & Absent<OperationCall<O>>;

/** An answer that was not a success, with the problem the server gave. */
export class RefusedCall extends Error {
  readonly problem: Problem;
  constructor(refusal: Problem) {
    super(`${refusal.status} ${refusal.code}: ${refusal.detail}`);
    this.problem = refusal;
  }
}

export interface ApiClient {
  call<O extends Operation>(
    operation: O,
    input: Input<O>,
    headers?: Record<string, string>,
  ): Promise<OperationResult<O>>;
  /** The ETag of the last answer, for If-Match. */
  lastEtag(): string;
}

const addressOf = (
  operation: Operation,
  { params, query }: { params?: unknown; query?: unknown },
): string => {
  const values = new Map(Object.entries(params ?? {}));
  const path = operation.path.replaceAll(/:(\w+)/g, (_, name: string) =>
    encodeURIComponent(String(values.get(name))),
  );
  const search = new URLSearchParams(
    Object.entries(query ?? {}).map(([name, value]) => [name, String(value)]),
  );
  return search.size === 0 ? path : `${path}?${search}`;
};

/** Calls the API over HTTP as a browser on its own origin would: cookies, Origin, Idempotency-Key. */
export const createApiClient = (url: string, bearer?: string): ApiClient => {
  let cookie = '';
  let etag = '';
  return {
    lastEtag: () => etag,
    call: async (operation, input, headers = {}) => {
      const parts: { params?: unknown; query?: unknown; body?: unknown } = input;
      const answer = await fetch(new URL(addressOf(operation, parts), url), {
        method: operation.method,
        headers: {
          origin: new URL(url).origin,
          ...(bearer === undefined ? {} : { authorization: `Bearer ${bearer}` }),
          ...(cookie === '' ? {} : { cookie }),
          ...(operation.status === 201 ? { 'idempotency-key': randomUUID() } : {}),
          ...(parts.body === undefined ? {} : { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(parts.body === undefined ? {} : { body: JSON.stringify(parts.body) }),
      });
      for (const line of answer.headers.getSetCookie()) cookie = line.split(';')[0] ?? '';
      etag = answer.headers.get('etag') ?? '';
      const text = await answer.text();
      if (!answer.ok) throw new RefusedCall(problem.parse(JSON.parse(text)));
      // The server has shaped the answer by the same schema; parsing again proves it.
      return (
        operation.response === undefined ? undefined : operation.response.parse(JSON.parse(text))
      ) as OperationResult<typeof operation>;
    },
  };
};

/** A client with a session of this person. */
export const signedIn = async (url: string, email: string, password: string): Promise<ApiClient> => {
  const client = createApiClient(url);
  await client.call(signIn, { body: { email, password } });
  return client;
};
