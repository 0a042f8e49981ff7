import {
  abortTransfer,
  abortUpload,
  completeUploads,
  createUploadGrant,
  createUploads,
  getUpload,
  listTransfers,
  listUploadGrants,
  listUploads,
  revokeUploadGrant,
  signUploadParts,
} from '@windlass/contract';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { bearerOf } from '../../platform/http/bearer.ts';
import { registerOperation } from '../../platform/http/register-operation.ts';
import type { GrantUploads } from './grant-uploads.ts';
import { grantInvalid } from './refusals.ts';
import type { TransfersService } from './transfers-service.ts';

/** Beginning an upload and having it put together are calls to the bucket; AWS takes minutes for many parts. */
const bucketMilliseconds = 5 * 60_000;

interface RouteDeps {
  transfers: TransfersService;
  /** Where Uppy is pointed at, by a token. */
  uppyUrls(token: string): { companionUrl: string; signUrl: string };
}

export const registerTransferRoutes = (app: FastifyInstance, { transfers, uppyUrls }: RouteDeps): void => {
  registerOperation(app, createUploadGrant, async ({ actor, params, body }) => {
    const { grant, token } = await transfers.createGrant(actor, params.teamId, body);
    // The one place where the token leaves: in the answer to whoever has just made it.
    const shown = token.reveal();
    return { grant, token: shown, ...uppyUrls(shown) };
  });
  registerOperation(app, listUploadGrants, ({ actor, params, query }) =>
    transfers.listGrants(actor, params.teamId, query),
  );
  registerOperation(app, revokeUploadGrant, ({ actor, params }) => transfers.revokeGrant(actor, params));
  registerOperation(app, listTransfers, ({ actor, params, query }) =>
    transfers.listTransfers(actor, params.teamId, query),
  );
  registerOperation(app, abortTransfer, ({ actor, params }) => transfers.abortTransfer(actor, params));
  registerUploadRoutes(app, transfers);
};

const soon = (): AbortSignal => AbortSignal.timeout(bucketMilliseconds);

/** The calls of whoever holds a grant. It is opened before the body is read: who has none sends none. */
const registerUploadRoutes = (app: FastifyInstance, transfers: TransfersService): void => {
  const opened = new WeakMap<FastifyRequest, GrantUploads>();
  const open = async (request: FastifyRequest): Promise<void> => {
    const token = bearerOf(request.headers.authorization);
    if (token === null) throw grantInvalid('This call needs an upload grant as bearer token.');
    opened.set(request, transfers.uploads(await transfers.grantOf(token)));
  };
  const uploadsOf = (request: FastifyRequest): GrantUploads => {
    const uploads = opened.get(request);
    if (uploads === undefined) throw new Error('The grant is opened before every call.');
    return uploads;
  };
  void app.register(async (scope) => {
    scope.addHook('onRequest', open);
    registerOperation(scope, createUploads, async ({ request, body }) => ({
      results: await uploadsOf(request).create(body.files, soon()),
    }));
    registerOperation(scope, listUploads, ({ request, query }) => uploadsOf(request).list(query));
    registerOperation(scope, getUpload, ({ request, params }) =>
      uploadsOf(request).get(params.transferId, soon()),
    );
    registerOperation(scope, signUploadParts, ({ request, params, body }) =>
      uploadsOf(request).signParts(params.transferId, body, soon()),
    );
    registerOperation(scope, completeUploads, async ({ request, body }) => ({
      results: await uploadsOf(request).complete(body.uploads, soon()),
    }));
    registerOperation(scope, abortUpload, ({ request, params }) =>
      uploadsOf(request).abort(params.transferId, soon()),
    );
  });
};
