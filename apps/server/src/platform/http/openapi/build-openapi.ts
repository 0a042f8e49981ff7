import { errorCatalogue, problem, type Operation } from '@windlass/contract';
import { z } from 'zod';
import { exampleOf, jsonSchema } from './examples.ts';

type Json = Record<string, unknown>;

/** Schemas that have a name, collected while the calls are described. */
interface Components {
  schemas: Map<string, Json>;
}

const rewriteRefs = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(rewriteRefs);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      // zod's bounds of whole numbers that JSON can hold say nothing to a reader.
      .filter(([, inner]) => inner !== Number.MAX_SAFE_INTEGER && inner !== Number.MIN_SAFE_INTEGER)
      .map(([key, inner]) => [
        key,
        key === '$ref' && typeof inner === 'string'
          ? inner.replace('#/$defs/', '#/components/schemas/')
          : rewriteRefs(inner),
      ]),
  );
};

const asJson = (value: unknown): Json => z.record(z.string(), z.unknown()).parse(value);

/** The JSON Schema of a zod schema; what has a name goes to the components. */
const describe = (schema: z.ZodType, io: 'input' | 'output', components: Components): Json => {
  const generated = z.toJSONSchema(schema, { io, unrepresentable: 'any' });
  const { $schema: _dialect, $defs: named = {}, ...own } = asJson(rewriteRefs(generated));
  for (const [name, definition] of Object.entries(asJson(named))) {
    const { id: _id, ...rest } = asJson(definition);
    components.schemas.set(name, rest);
  }
  const { id, ...rest } = own;
  if (typeof id !== 'string') return rest;
  components.schemas.set(id, rest);
  return { $ref: `#/components/schemas/${id}` };
};

const withExample = (schema: Json, components: Components): Json => ({
  schema,
  example: exampleOf(schema, (ref) => components.schemas.get(ref.replace('#/components/schemas/', ''))),
});

const parameters = (
  schema: z.ZodType | undefined,
  where: 'path' | 'query',
  components: Components,
): Json[] => {
  if (schema === undefined) return [];
  const described = describe(schema, 'input', components);
  const { properties = {} } = jsonSchema.parse(described);
  const required = z.array(z.string()).catch([]).parse(described['required']);
  return Object.entries(properties).map(([name, property]) => {
    const { description, ...rest } = asJson(property);
    return {
      name,
      in: where,
      required: where === 'path' || required.includes(name),
      ...(typeof description === 'string' ? { description } : {}),
      schema: rest,
    };
  });
};

const headerParameter = (name: string, required: boolean, description: string): Json => ({
  name,
  in: 'header',
  required,
  description,
  schema: { type: 'string' },
});

const isIdempotent = ({ method, status, access }: Operation): boolean =>
  method === 'POST' && status === 201 && access === 'signed-in';
const isGuardedEdit = ({ method, versioned }: Operation): boolean => method === 'PATCH' && versioned === true;

/** Which errors a call can end in, as far as its shape tells. */
const problemStatuses = (operation: Operation): number[] => {
  const { method, access, params, query, body } = operation;
  const takesInput = params !== undefined || query !== undefined || body !== undefined;
  return [
    ...(takesInput ? [400] : []),
    ...(access === 'signed-in' ? [401, 403] : [403]),
    ...(params === undefined ? [] : [404]),
    ...(method === 'GET' ? [] : [409]),
    ...(isGuardedEdit(operation) ? [412, 428] : []),
    ...(body === undefined ? [] : [413, 415]),
    429,
    500,
    503,
  ];
};

const problemResponse = (status: number): Json => {
  const kinds = Object.entries(errorCatalogue).filter(([, kind]) => kind.status === status);
  return {
    description: kinds.map(([code, { title }]) => `\`${code}\`: ${title}.`).join(' '),
    content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
  };
};

const describeOperation = (operation: Operation, components: Components): Json => {
  const { id, tag, summary, description, access, body, response, status } = operation;
  const answer =
    response === undefined
      ? { description: 'Done; no content.' }
      : {
          description: 'Done.',
          ...(operation.versioned === true
            ? {
                headers: { ETag: { description: 'Version of what is answered', schema: { type: 'string' } } },
              }
            : {}),
          content: { 'application/json': withExample(describe(response, 'output', components), components) },
        };
  const problems = problemStatuses(operation);
  return {
    operationId: id,
    tags: [tag],
    summary,
    ...(description === undefined ? {} : { description }),
    ...(access === 'public' ? { security: [] } : {}),
    parameters: [
      ...parameters(operation.params, 'path', components),
      ...parameters(operation.query, 'query', components),
      ...(isGuardedEdit(operation)
        ? [headerParameter('If-Match', true, 'ETag of the version that you edit')]
        : []),
      ...(isIdempotent(operation)
        ? [
            headerParameter(
              'Idempotency-Key',
              false,
              'Repeat a request with the same key and get the first answer again, for 24 hours',
            ),
          ]
        : []),
    ],
    ...(body === undefined
      ? {}
      : {
          requestBody: {
            required: true,
            content: { 'application/json': withExample(describe(body, 'input', components), components) },
          },
        }),
    responses: {
      [status]: answer,
      ...Object.fromEntries(
        problems.map((code) => [code, { $ref: `#/components/responses/Problem${code}` }]),
      ),
    },
  };
};

/** Keys in one order, so that two runs write the same file. */
const sorted = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, sorted(inner)]),
  );
};

/** Paths that are no calls of the contract, as OpenAPI has them: another listener serves them, say. */
export interface MorePaths {
  tag: string;
  paths: Readonly<Record<string, Json>>;
}

/** The OpenAPI 3.1 document of these calls: made from the contract, and what else is given; sorted and stable. */
export const buildOpenApi = (
  operations: readonly Operation[],
  version: string,
  more: readonly MorePaths[] = [],
): Json => {
  const components: Components = { schemas: new Map() };
  describe(problem, 'output', components);
  const paths: Record<string, Json> = Object.assign({}, ...more.map((one) => one.paths));
  const statuses = new Set<number>();
  for (const operation of operations) {
    const path = operation.path.replaceAll(/:(\w+)/g, '{$1}');
    paths[path] = {
      ...paths[path],
      [operation.method.toLowerCase()]: describeOperation(operation, components),
    };
    for (const status of problemStatuses(operation)) statuses.add(status);
  }
  const tags = [...new Set([...operations, ...more].map(({ tag }) => tag))];
  const document = {
    openapi: '3.1.0',
    info: {
      title: 'Windlass',
      version,
      description:
        'Five media jobs on an S3 bucket that your team owns. Errors are application/problem+json with a stable code; ' +
        'lists are paged with nextCursor; times are RFC 3339 in UTC.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/' }],
    tags: tags.map((name) => ({ name })),
    security: [{ session: [] }, { apiKey: [] }],
    paths,
    components: {
      securitySchemes: {
        session: {
          type: 'apiKey',
          in: 'cookie',
          name: 'windlass_session',
          description: 'Set by sign-in. Unsafe methods need a same-origin Origin header.',
        },
        apiKey: {
          type: 'http',
          scheme: 'bearer',
          description: 'An API key of a team (wk_...), with the scopes it was given.',
        },
      },
      schemas: Object.fromEntries(components.schemas),
      responses: Object.fromEntries(
        [...statuses].map((status) => [`Problem${status}`, problemResponse(status)]),
      ),
    },
  };
  return asJson(sorted(document));
};
