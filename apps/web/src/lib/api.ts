import type { Operation, OperationCall, OperationResult } from '@windlass/contract';
import { ApiProblem, problemFromAnswer } from './problem.ts';
import { randomHex } from './random-hex.ts';
import { requestUrl } from './request-url.ts';

const timeoutMilliseconds = 30_000;

interface CallSettings {
  signal?: AbortSignal | undefined;
  /** ETag of what is edited. */
  ifMatch?: string | undefined;
  /** Made for each call that makes something, unless given. */
  idempotencyKey?: string | undefined;
  /** A check of a slow bucket may take longer than the usual 30 seconds. */
  timeoutMilliseconds?: number | undefined;
}

type Part<O extends Operation, K extends keyof OperationCall<O>> = {
  [P in K as [OperationCall<O>[P]] extends [undefined] ? never : P]: NonNullable<OperationCall<O>[P]>;
};

/** What a caller hands in: the parts that the operation has; the query may be left out. */
export type CallOptions<O extends Operation> = Part<O, 'params'> &
  Partial<Part<O, 'query'>> &
  Part<O, 'body'> &
  CallSettings;

/** What comes back; nothing for 204. */
export type Answer<O extends Operation> = [OperationResult<O>] extends [undefined]
  ? undefined
  : NonNullable<OperationResult<O>>;

/** A thing with the ETag it had when it was read, to be sent back as If-Match on an edit. */
export interface Versioned<T> {
  value: T;
  etag: string | null;
}

interface LooseCall extends CallSettings {
  params?: Readonly<Record<string, unknown>>;
  query?: Readonly<Record<string, unknown>>;
  body?: unknown;
}

const headersOf = (operation: Operation, call: LooseCall): Headers => {
  const headers = new Headers({ accept: 'application/json' });
  if (call.body !== undefined) headers.set('content-type', 'application/json');
  if (call.ifMatch !== undefined) headers.set('if-match', call.ifMatch);
  // Only where an actor is known: without one there is nobody to keep the answer for.
  if (operation.method === 'POST' && operation.status === 201 && operation.access === 'signed-in') {
    headers.set('idempotency-key', call.idempotencyKey ?? randomHex());
  }
  return headers;
};

/** One more try where nothing can happen twice: reads, and calls that carry an Idempotency-Key. */
const isRepeatable = (operation: Operation, headers: Headers): boolean =>
  operation.method === 'GET' || headers.has('idempotency-key');

const send = async (url: string, init: RequestInit, repeatable: boolean): Promise<Response> => {
  try {
    return await fetch(url, init);
  } catch (error) {
    // fetch throws TypeError when no answer came; anything else is the signal's reason.
    if (!(error instanceof TypeError)) throw error;
    if (repeatable) return send(url, init, false);
    throw new ApiProblem(
      {
        code: 'offline',
        status: 0,
        title: 'The server could not be reached',
        detail: 'No connection to it could be made.',
        next: 'Check that it runs and that you are online, then try again.',
        requestId: null,
      },
      { cause: error },
    );
  }
};

const readJson = async (response: Response): Promise<unknown> => {
  const text = await response.text();
  try {
    return JSON.parse(text);
  } catch {
    // Not JSON: the schema refuses undefined, and the person sees an unexpected answer.
    return undefined;
  }
};

const exchange = async (operation: Operation, call: LooseCall): Promise<Versioned<unknown>> => {
  const timeout = AbortSignal.timeout(call.timeoutMilliseconds ?? timeoutMilliseconds);
  const headers = headersOf(operation, call);
  const response = await send(
    requestUrl(operation.path, call.params ?? {}, call.query ?? {}),
    {
      method: operation.method,
      headers,
      credentials: 'same-origin',
      signal: call.signal === undefined ? timeout : AbortSignal.any([call.signal, timeout]),
      ...(call.body === undefined ? {} : { body: JSON.stringify(call.body) }),
    },
    isRepeatable(operation, headers),
  );
  const requestId = response.headers.get('x-request-id');
  if (!response.ok) throw problemFromAnswer(response.status, await readJson(response), requestId);
  const etag = response.headers.get('etag');
  if (operation.response === undefined) return { value: undefined, etag };
  const parsed = operation.response.safeParse(await readJson(response));
  if (parsed.success) return { value: parsed.data, etag };
  throw new ApiProblem(
    {
      code: 'unexpectedAnswer',
      status: response.status,
      title: 'The server answered in an unexpected way',
      detail: `The answer to ${operation.id} does not have the agreed shape.`,
      next: 'Load the page again: it may be older than the server.',
      requestId,
    },
    { cause: parsed.error },
  );
};

/**
 * Calls one operation of the API and answers with its parsed body.
 *
 * @throws ApiProblem for every failure but an abort by the caller's own signal.
 * @example const team = await call(getTeam, { params: { teamId } });
 */
export const call = async <O extends Operation>(operation: O, options: CallOptions<O>): Promise<Answer<O>> =>
  // exchange has parsed the body with the operation's own schema, so the shape is proven.
  (await exchange(operation, options)).value as Answer<O>;

/** Like `call`, with the ETag of the answer: for what will be edited. */
export const callVersioned = async <O extends Operation>(
  operation: O,
  options: CallOptions<O>,
): Promise<Versioned<Answer<O>>> =>
  // As above: the schema has proven the shape.
  (await exchange(operation, options)) as Versioned<Answer<O>>;
