import { z } from 'zod';

/** A JSON Schema as zod writes it; only what examples are made of. */
export const jsonSchema = z.looseObject({
  type: z.union([z.string(), z.array(z.string())]).optional(),
  example: z.unknown().optional(),
  default: z.unknown().optional(),
  const: z.unknown().optional(),
  enum: z.array(z.unknown()).optional(),
  format: z.string().optional(),
  minimum: z.number().optional(),
  properties: z.record(z.string(), z.unknown()).optional(),
  items: z.unknown().optional(),
  anyOf: z.array(z.unknown()).optional(),
  oneOf: z.array(z.unknown()).optional(),
  allOf: z.array(z.unknown()).optional(),
  $ref: z.string().optional(),
});

/** What a reader understands at once; by the name of the field, where its schema gives no example. */
const byName: Record<string, unknown> = {
  accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
  accessKeyIdHint: 'MPLE',
  address: '203.0.113.7',
  audience: 'sts.amazonaws.com',
  baseUrl: 'http://localhost:7401/shop',
  bucket: 'acme-media',
  cause: 'The bucket answered.',
  connectionName: 'media',
  createdBy: 'Ada Byron',
  currentPassword: 'correct horse battery',
  cursor: 'eyJpZCI6ImNvbl8wMSJ9',
  defaultParameters: 'format=webp&quality=80',
  email: 'ada@example.com',
  endpoint: 'https://s3.eu-central-1.amazonaws.com',
  externalId: 'windlass-9f86d081884c7d659a2feaa0c55ad015',
  hint: '7f3q',
  invitedBy: 'Ada Byron',
  issuer: 'https://windlass.example.com',
  name: 'media',
  newPassword: 'a windlass lifts the bucket',
  password: 'a windlass lifts the bucket',
  path: 'shoes/red.jpg',
  platformPrincipal: 'arn:aws:iam::444455556666:user/windlass',
  prefix: 'pictures/',
  region: 'eu-central-1',
  roleArn: 'arn:aws:iam::111122223333:role/windlass',
  secret: 'wk_shown-once',
  secretAccessKey: 'your-secret-access-key',
  secureKey: 'dGhlIGtleSBvZiB0aGlzIHNvdXJjZQ==',
  secureSalt: 'dGhlIHNhbHQgb2YgdGhpcyBzb3VyY2U=',
  setBy: 'Ada Byron',
  size: 482_113,
  startUrl: '/auth/oidc/start',
  subject: 'connection:con_01kazq8v3kf2wvpn2d8m6b3c9t',
  teamName: 'Acme',
  token: 'tKx0c3qk7vJm2rXw9ZbQ',
  url: 'http://localhost:7401/shop/shoes/red.jpg?width=600',
  userAgent: 'Mozilla/5.0',
  version: '1.0.0',
};

const byFormat: Record<string, unknown> = {
  'date-time': '2026-11-23T09:00:00.000Z',
  email: 'ada@example.com',
  uri: 'https://example.com',
};

/** Left out of examples: they would make a call do what a reader seldom wants. */
const unusual = new Set(['base', 'sessionToken', 'cursor', 'force', 'cascade']);

/**
 * An example made of a JSON Schema: its own example, its default, or one by the field's name or type.
 * `resolve` gives the schema behind a $ref.
 */
export const exampleOf = (input: unknown, resolve: (ref: string) => unknown, name = ''): unknown => {
  const schema = jsonSchema.parse(input);
  if (schema.$ref !== undefined) return exampleOf(resolve(schema.$ref), resolve, name);
  if (schema.example !== undefined) return schema.example;
  if (schema.const !== undefined) return schema.const;
  if (schema.enum !== undefined) return schema.enum[0];
  const choices = schema.anyOf ?? schema.oneOf ?? schema.allOf;
  if (choices !== undefined) return exampleOf(choices[0], resolve, name);
  const type = Array.isArray(schema.type) ? schema.type[0] : schema.type;
  if (type === undefined) return null;
  switch (type) {
    case 'object':
      return Object.fromEntries(
        Object.entries(schema.properties ?? {})
          .filter(([key]) => !unusual.has(key))
          .map(([key, inner]) => [key, exampleOf(inner, resolve, key)]),
      );
    case 'array':
      return schema.items === undefined ? [] : [exampleOf(schema.items, resolve, name)];
    case 'string':
      return byName[name] ?? byFormat[schema.format ?? ''] ?? 'text';
    case 'integer':
    case 'number':
      return byName[name] ?? schema.default ?? Math.max(schema.minimum ?? 1, 1);
    case 'boolean':
      return schema.default ?? false;
    default:
      return null;
  }
};
