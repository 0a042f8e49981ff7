import { problem, type Operation, type OperationCall, type OperationResult } from '@windlass/contract';

/** A check takes 15 seconds at most, and a queue may stand before it. */
const timeoutMilliseconds = 60_000;

/** What the server said, or why it said nothing, for a person. */
export class ApiFailure extends Error {
  override readonly name = 'ApiFailure';
}

/** A server and the key to it. */
export interface Api {
  /** Origin, e.g. `https://windlass.example.com`. */
  url: string;
  key: string;
}

type Parts<O extends Operation> = Partial<OperationCall<O>>;

/** @throws ApiFailure */
export const callApi = async <O extends Operation>(
  { url, key }: Api,
  operation: O,
  parts: Parts<O>,
): Promise<OperationResult<O>> => {
  const answer = await send(new URL(addressOf(operation, parts), url), operation.method, key, parts.body);
  const document: unknown = await answer.json().catch(() => null);
  if (!answer.ok) {
    const said = problem.safeParse(document);
    throw new ApiFailure(
      said.success
        ? `${said.data.title}: ${said.data.detail} ${said.data.next}`.trim()
        : `${url} answered with ${answer.status}. Is it a Windlass server?`,
    );
  }
  // Of a 204 there is nothing to read.
  if (operation.response === undefined) return undefined as OperationResult<O>;
  const read = operation.response.safeParse(document);
  if (!read.success) throw new ApiFailure(`${url} answered in a way that is not known here.`);
  // The schema of this very operation has read it.
  return read.data as OperationResult<O>;
};

const send = async (address: URL, method: string, key: string, body: unknown): Promise<Response> => {
  try {
    return await fetch(address, {
      method,
      headers: {
        authorization: `Bearer ${key}`,
        accept: 'application/json',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      // A key is never sent on to another address.
      redirect: 'error',
      signal: AbortSignal.timeout(timeoutMilliseconds),
    });
  } catch (error) {
    const why = error instanceof Error && error.cause instanceof Error ? ` (${error.cause.message})` : '';
    throw new ApiFailure(`${address.origin} does not answer${why}. Check --url, and that the server runs.`, {
      cause: error,
    });
  }
};

const addressOf = ({ path }: Operation, { params, query }: { params?: unknown; query?: unknown }): string => {
  const values = new Map(Object.entries(params ?? {}));
  const filled = path.replaceAll(/:(\w+)/g, (_, name: string) =>
    encodeURIComponent(String(values.get(name))),
  );
  const search = new URLSearchParams(
    Object.entries(query ?? {}).map(([name, value]) => [name, String(value)]),
  );
  return search.size === 0 ? filled : `${filled}?${search}`;
};
