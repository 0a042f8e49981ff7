import {
  buildImageUrl,
  createSource,
  deleteSource,
  getSource,
  listSourceObjects,
  listSources,
  rotateSigningKeys,
  updateSource,
} from '@windlass/contract';
import type { FastifyInstance } from 'fastify';
import { registerOperation } from '../../platform/http/register-operation.ts';
import type { MadeSource, SourcesService } from './service.ts';
import { revealKeys } from './signing-keys.ts';

const listTimeoutMilliseconds = 12_000;

/** The one place where signing keys leave: in the answer to whoever has just made them. */
const shownOnce = ({ source, signingKeys }: MadeSource) => ({
  source,
  signingKeys: signingKeys === null ? null : revealKeys(signingKeys),
});

export const registerSourceRoutes = (app: FastifyInstance, sources: SourcesService): void => {
  registerOperation(app, listSources, ({ actor, params, query }) =>
    sources.list(actor, params.teamId, query),
  );
  registerOperation(app, createSource, async ({ actor, params, body }) =>
    shownOnce(await sources.create(actor, params.teamId, body)),
  );
  registerOperation(app, getSource, ({ actor, params }) => sources.show(actor, params));
  registerOperation(app, updateSource, async ({ actor, params, body, requireMatch }) =>
    shownOnce(await sources.edit(actor, params, body, requireMatch)),
  );
  registerOperation(app, deleteSource, ({ actor, params }) => sources.delete(actor, params));
  registerOperation(app, rotateSigningKeys, async ({ actor, params }) =>
    revealKeys(await sources.rotateKeys(actor, params)),
  );
  registerOperation(app, listSourceObjects, ({ actor, params, query }) =>
    sources.listObjects(actor, params, query, AbortSignal.timeout(listTimeoutMilliseconds)),
  );
  registerOperation(app, buildImageUrl, ({ actor, params, body }) => sources.buildUrl(actor, params, body));
};
