import type { FastifyInstance } from 'fastify';

/** Remembers the routes that are registered from now on; tells which methods a path has. */
export const createKnownRoutes = (app: FastifyInstance): ((path: string) => string[]) => {
  const routes: { parts: string[]; methods: string[] }[] = [];
  app.addHook('onRoute', ({ url, method }) => {
    // Wildcards serve files; they have no 405 of their own.
    if (url.includes('*')) return;
    routes.push({ parts: url.split('/'), methods: [method].flat() });
  });
  return (path) => {
    const given = path.split('/');
    const matches = (parts: string[]): boolean =>
      parts.length === given.length &&
      parts.every((part, index) => (part.startsWith(':') ? given[index] !== '' : part === given[index]));
    return [...new Set(routes.filter(({ parts }) => matches(parts)).flatMap(({ methods }) => methods))];
  };
};
