import type { buildImageUrl, listSourceObjects, OperationInput, OperationResult } from '@windlass/contract';
import type { Actor } from '../../kernel/actor.ts';
import { AppError } from '../../kernel/app-error.ts';
import type { Vault } from '../../platform/crypto/vault.ts';
import { decodeListCursor, encodeListCursor } from '../../platform/s3/index.ts';
import type { ConnectionsService } from '../connections/index.ts';
import type { TeamAccess } from '../teams/index.ts';
import { buildImageTarget, sourceUrls, type ImageOrigin } from './image-url.ts';
import { currentKeys } from './keys/keys-in-force.ts';
import { sourcePolicy } from './policy.ts';
import { presentObject } from './presenter.ts';
import type { SourceRow } from './store.ts';

type At = OperationInput<typeof listSourceObjects>['params'];

/** What a person does with a source: choose a picture, and get its URL. */
export interface Browsing {
  /** @throws AppError conflict for a web folder, which nobody can list */
  listObjects(
    actor: Actor,
    at: At,
    query: OperationInput<typeof listSourceObjects>['query'],
    signal: AbortSignal,
  ): Promise<OperationResult<typeof listSourceObjects>>;
  buildUrl(
    actor: Actor,
    at: At,
    picture: OperationInput<typeof buildImageUrl>['body'],
  ): Promise<OperationResult<typeof buildImageUrl>>;
}

export const createBrowsing = (deps: {
  access: TeamAccess;
  vault: Vault;
  connections: Pick<ConnectionsService, 'openBucket'>;
  imageOrigin: () => ImageOrigin;
  /** @throws AppError notFound */
  find(at: At): Promise<SourceRow>;
}): Browsing => {
  const { access, vault, connections, imageOrigin, find } = deps;
  return {
    listObjects: async (actor, at, { prefix, limit, cursor }, signal) => {
      await access.require(actor, at.teamId, sourcePolicy.listObjects);
      const row = await find(at);
      if (row.connectionId === null) {
        throw new AppError('conflict', 'A web folder cannot be listed: name its pictures by their paths.');
      }
      const bucket = await connections.openBucket(at.teamId, row.connectionId);
      const page = await bucket.listObjects({
        signal,
        limit,
        prefix: row.prefix + prefix,
        ...(cursor === undefined ? {} : { cursor: decodeListCursor(cursor) }),
      });
      return {
        items: page.objects.map((object) => presentObject(object, row.prefix)),
        nextCursor: page.next === null ? null : encodeListCursor(page.next),
      };
    },

    buildUrl: async (actor, at, picture) => {
      await access.require(actor, at.teamId, sourcePolicy.buildUrl);
      const row = await find(at);
      const target = buildImageTarget(picture, row, currentKeys(vault, row));
      const { baseUrl, hostUrl } = sourceUrls(imageOrigin(), row.name);
      return { url: baseUrl + target, hostUrl: hostUrl === null ? null : hostUrl + target };
    },
  };
};
