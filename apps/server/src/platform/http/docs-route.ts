import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import type { FastifyInstance } from 'fastify';

/** Swagger UI brings its own files; it sets style attributes and shows pictures from data: URLs. */
const docsPolicy =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; " +
  "font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** The API's document at /api/openapi.json, to read and try at /api/docs. */
export const registerDocs = async (
  app: FastifyInstance,
  document: Record<string, unknown>,
): Promise<void> => {
  const text = JSON.stringify(document);
  app.get('/api/openapi.json', async (_request, reply) =>
    reply.type('application/json; charset=utf-8').header('cache-control', 'no-cache').send(text),
  );
  await app.register(swagger, {
    mode: 'static',
    // The document is valid by its own test; the plugin's type wants every field spelt out.
    specification: { document: document as never },
  });
  await app.register(swaggerUi, {
    routePrefix: '/api/docs',
    staticCSP: docsPolicy,
    uiConfig: { url: '/api/openapi.json', deepLinking: true, persistAuthorization: false },
  });
};
