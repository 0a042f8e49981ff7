import { existsSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

const year = 365 * 24 * 60 * 60;

const missingPage = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Windlass</title>
<h1>The web app is not built yet</h1>
<p>The server runs; its pages are missing. Build them with <code>npm start</code>, which does so when needed.</p>
<p>The API is here: <a href="/api/docs">/api/docs</a></p>
</html>
`;

const wantsPage = ({ method, headers, url }: FastifyRequest): boolean =>
  (method === 'GET' || method === 'HEAD') &&
  !url.startsWith('/api/') &&
  url !== '/api' &&
  (headers.accept ?? '').includes('text/html');

/**
 * Serves the built web app. Files under assets/ carry a hash in their name and may be kept for ever; the page itself is
 * asked for each time, so that a new release shows at once.
 *
 * @param unkept name of a page that no browser keeps
 */
export const registerWebApp = async (
  app: FastifyInstance,
  directory: string,
  unkept: string | null = null,
): Promise<void> => {
  await app.register(fastifyStatic, {
    root: directory,
    // Each file becomes a route; a path that is none of them is a page's address.
    wildcard: false,
    index: false,
    cacheControl: false,
    setHeaders: (reply, path) => {
      const hashed = path.startsWith(join(directory, 'assets/'));
      // A page whose policy is its address's own is not kept: an answer of 304 could not change the policy.
      const otherwise = unkept !== null && path === join(directory, unkept) ? 'no-store' : 'no-cache';
      reply.header('cache-control', hashed ? `public, max-age=${year}, immutable` : otherwise);
    },
  });
};

/** Whether there is a built web app in this folder. */
export const hasWebApp = (directory: string): boolean => existsSync(join(directory, 'index.html'));

/** Every address of a page answers with the one page; the app in it reads the address. Null for what is no page. */
export const pageFallback =
  (built: boolean) =>
  (request: FastifyRequest, reply: FastifyReply): FastifyReply | null => {
    if (!wantsPage(request)) return null;
    if (built) return reply.sendFile('index.html');
    return reply
      .status(503)
      .headers({ 'retry-after': '10', 'cache-control': 'no-store' })
      .type('text/html; charset=utf-8')
      .send(missingPage);
  };
