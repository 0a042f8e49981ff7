type Json = Record<string, unknown>;

const problem = (description: string): Json => ({
  description,
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
});

/** The one address of downloads that answers with bytes, as OpenAPI has it. */
export const describeZips = (): { tag: string; paths: Record<string, Json> } => ({
  tag: 'Downloads',
  paths: {
    '/zips/{token}': {
      get: {
        operationId: 'getZip',
        tags: ['Downloads'],
        summary: 'The zip that a link leads to',
        description:
          'The address is the right to fetch it, and is answered by `createZip` and `zipOrder`. The zip is made while it is read: there is no length, and when an object fails the connection breaks off.',
        security: [],
        parameters: [{ name: 'token', in: 'path', required: true, schema: { type: 'string' } }],
        responses: {
          200: {
            description: 'The zip; stored, not compressed.',
            content: { 'application/zip': { schema: { type: 'string', format: 'binary' } } },
          },
          403: problem('`linkInvalid`: the link is over, or nobody made it.'),
          404: problem('`notFound`: the first object, or the connection, is gone.'),
          424: problem('`originFailed`, `originTimeout`: the bucket did not give the first object.'),
          429: problem('`tooManyRequests`: wait as Retry-After says.'),
        },
      },
    },
  },
});
