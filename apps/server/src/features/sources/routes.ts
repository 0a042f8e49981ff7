import {
  buildImageUrl,
  createSource,
  deleteSource,
  endKeyOverlap,
  getSource,
  listPurges,
  listSourceObjects,
  listSources,
  purgeSource,
  rotateSigningKeys,
  sourceUsage,
  updateSource,
  type OperationInput,
} from '@windlass/contract';
import type { FastifyInstance } from 'fastify';
import { registerOperation } from '../../platform/http/register-operation.ts';
import { revealKeys, takenSigningKeys } from './keys/signing-keys.ts';
import type { SavedSource, SourcesService } from './service.ts';

const listTimeoutMilliseconds = 12_000;

/** Here alone signing keys leave: in the answer to whoever has just made them. */
const shownOnce = ({ signingKeys, ...saved }: SavedSource) => ({
  ...saved,
  signingKeys: signingKeys === null ? null : revealKeys(signingKeys),
});

/** The contract takes both or neither. */
const givenKeys = ({ secureKey, secureSalt }: OperationInput<typeof rotateSigningKeys>['body']) =>
  secureKey === undefined || secureSalt === undefined
    ? undefined
    : takenSigningKeys({ secureKey, secureSalt });

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
  registerOperation(app, rotateSigningKeys, async ({ actor, params, body }) => {
    const { keys, previousUntil } = await sources.rotateKeys(actor, params, {
      overlapSeconds: body.overlapSeconds,
      given: givenKeys(body),
    });
    const shown = keys === null ? { secureKey: null, secureSalt: null } : revealKeys(keys);
    return { ...shown, previousSigningKeyUntil: previousUntil?.toISOString() ?? null };
  });
  registerOperation(app, endKeyOverlap, ({ actor, params }) => sources.endKeyOverlap(actor, params));
  registerOperation(app, purgeSource, ({ actor, params, body }) => sources.purge(actor, params, body));
  registerOperation(app, listPurges, ({ actor, params, query }) => sources.listPurges(actor, params, query));
  registerOperation(app, sourceUsage, ({ actor, params, query }) =>
    sources.usage(actor, params, query.range),
  );
  registerOperation(app, listSourceObjects, ({ actor, params, query }) =>
    sources.listObjects(actor, params, query, AbortSignal.timeout(listTimeoutMilliseconds)),
  );
  registerOperation(app, buildImageUrl, ({ actor, params, body }) => sources.buildUrl(actor, params, body));
};
