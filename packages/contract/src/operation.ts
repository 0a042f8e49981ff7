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
  /** Of a body with long lists; 1 MiB unless said otherwise. */
  maxBodyBytes?: number;
  /** True when the answer carries an ETag and edits take If-Match (RFC 9110 13.1.1). */
  versioned?: boolean;
  /**
   * Of a versioned answer: names that change by themselves, such as counts. They are no part of the version, so that an edit
   * is not refused for them; and GET then always answers in full, since the ETag does not tell whether they are the same.
   */
  unversioned?: readonly string[];
}

type Part = 'params' | 'query' | 'body' | 'response';
/** The schema of a part, or undefined where the operation was defined without it. */
type SchemaOf<O extends Operation, P extends Part> = P extends keyof O ? O[P] : undefined;
type Inferred<S> = S extends z.ZodType ? z.output<S> : undefined;
type Accepted<S> = S extends z.ZodType ? z.input<S> : undefined;

/** What a caller sends: `{ params, query, body }` before defaults are applied. */
export interface OperationCall<O extends Operation> {
  params: Accepted<SchemaOf<O, 'params'>>;
  query: Accepted<SchemaOf<O, 'query'>>;
  body: Accepted<SchemaOf<O, 'body'>>;
}

/** What the server sees: the same, parsed. */
export interface OperationInput<O extends Operation> {
  params: Inferred<SchemaOf<O, 'params'>>;
  query: Inferred<SchemaOf<O, 'query'>>;
  body: Inferred<SchemaOf<O, 'body'>>;
}

/** What the server answers, before the schema shapes it; nothing for 204. */
export type OperationAnswer<O extends Operation> =
  SchemaOf<O, 'response'> extends z.ZodType ? z.input<SchemaOf<O, 'response'>> : void;

/** What comes back, as the caller reads it. */
export type OperationResult<O extends Operation> = Inferred<SchemaOf<O, 'response'>>;

/** Keeps the definition's own type (which parts it has, `access` as a literal) where an annotation would widen it. */
export const operation = <const O extends Operation>(definition: O): O => definition;
