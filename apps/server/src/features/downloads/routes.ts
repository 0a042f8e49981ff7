import { createZip, listConnectionObjects, signDownloads } from '@windlass/contract';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { contentDisposition } from '../../kernel/content-disposition.ts';
import type { CreateRateLimiter } from '../../platform/http/rate-limit.ts';
import { registerOperation } from '../../platform/http/register-operation.ts';
import { toLimitKey } from '../../platform/http/limit-key.ts';
import { endSlowReader } from './end-slow-reader.ts';
import type { DownloadsService } from './service.ts';

const bucketMilliseconds = 30_000;
/** Who is slower than 4 KiB a second gives the place to somebody else: 1 GiB would take three days. */
const slowestPace = { bytes: 512 * 1024, milliseconds: 2 * 60_000 };
/** Per address: a browser asks once, a download manager some times. */
const zipRule = { name: 'zip-address', points: 30, durationSeconds: 60 };

interface RouteDeps {
  downloads: DownloadsService;
  createRateLimiter: CreateRateLimiter;
}

const soon = (): AbortSignal => AbortSignal.timeout(bucketMilliseconds);

export const registerDownloadRoutes = (
  app: FastifyInstance,
  { downloads, createRateLimiter }: RouteDeps,
): void => {
  registerOperation(app, listConnectionObjects, ({ actor, params, query }) =>
    downloads.listObjects(actor, params, query, soon()),
  );
  registerOperation(app, signDownloads, ({ actor, params, body }) =>
    downloads.sign(actor, params, body, soon()),
  );
  registerOperation(app, createZip, ({ actor, params, body }) =>
    downloads.createZip(actor, params, body, soon()),
  );

  const perAddress = createRateLimiter(zipRule);
  app.get<{ Params: { token: string } }>(
    '/zips/:token',
    // A HEAD would read every object to say nothing.
    { exposeHeadRoute: false, schema: { params: z.object({ token: z.string() }) } },
    async (request, reply) => {
      const address = toLimitKey(request.ip);
      await perAddress.consume(address);
      const { name, zip } = await downloads.openZip(request.params.token, address);
      endSlowReader(reply.raw, slowestPace);
      return reply
        .headers({
          'content-type': 'application/zip',
          'content-disposition': contentDisposition({ kind: 'attachment', name }),
          'cache-control': 'no-store',
          // The address is the right to fetch it.
          'referrer-policy': 'no-referrer',
          'x-robots-tag': 'noindex',
        })
        .send(zip);
    },
  );
};
