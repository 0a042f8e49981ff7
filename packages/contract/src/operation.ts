import type { z } from 'zod';

export const httpMethods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;
export type HttpMethod = (typeof httpMethods)[number];

/**
 * One call of the HTTP API, as data. The server registers it, OpenAPI is generated from it,
 * the web app and the SDK call it: none of them repeats a path or a shape.
 *
 * `path` uses Fastify's `:name` form. `access` says who may knock at all; which role may do
 * what is decided by the feature's policy table.
 *
 * @example
 * const getThing = operation({
 *   id: 'getThing', method: 'GET', path: '/api/v1/things/:thingId', tag: 'Things',
 *   summary: 'Show a thing', access: 'signed-in',
 *   params: z.object({ thingId: z.string() }), response: thing, status: 200,
 * });
 */
export interface Operation<
  Params extends z.ZodType | undefined = z.ZodType | undefined,
  Query extends z.ZodType | undefined = z.ZodType | undefined,
  Body extends z.ZodType | undefined = z.ZodType | undefined,
  Response extends z.ZodType | undefined = z.ZodType | undefined,
> {
  /** Unique, camelCase; becomes OpenAPI's operationId and the SDK's method name. */
  id: string;
  method: HttpMethod;
  path: string;
  tag: string;
  summary: string;
  description?: string;
  access: 'public' | 'signed-in';
  params?: Params;
  query?: Query;
  body?: Body;
  /** Absent for 204. */
  response?: Response;
  status: 200 | 201 | 202 | 204;
  /** True when the answer carries an ETag and edits take If-Match (RFC 9110 13.1.1). */
  versioned?: boolean;
}

type Inferred<S> = S extends z.ZodType ? z.output<S> : undefined;
type Accepted<S> = S extends z.ZodType ? z.input<S> : undefined;

/** What a caller sends: `{ params, query, body }` before defaults are applied. */
export interface OperationCall<O extends Operation> {
  params: Accepted<O['params']>;
  query: Accepted<O['query']>;
  body: Accepted<O['body']>;
}

/** What the server sees: the same, parsed. */
export interface OperationInput<O extends Operation> {
  params: Inferred<O['params']>;
  query: Inferred<O['query']>;
  body: Inferred<O['body']>;
}

/** What comes back, as the caller reads it. */
export type OperationResult<O extends Operation> = Inferred<O['response']>;

/** Keeps the schemas' own types where a plain annotation would widen them. */
export const operation = <
  Params extends z.ZodType | undefined = undefined,
  Query extends z.ZodType | undefined = undefined,
  Body extends z.ZodType | undefined = undefined,
  Response extends z.ZodType | undefined = undefined,
>(
  definition: Operation<Params, Query, Body, Response>,
): Operation<Params, Query, Body, Response> => definition;
