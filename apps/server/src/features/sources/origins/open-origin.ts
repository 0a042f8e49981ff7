import type { ConnectionsService } from '../../connections/index.ts';
import type { GuardedFetch } from '../../../platform/net/index.ts';
import type { Origin } from '../origin.ts';
import type { ResolvedSource } from '../resolved-source.ts';
import { createBucketOrigin } from './bucket-origin.ts';
import { cdnLoopOf } from './cdn-loop.ts';
import { createWebOrigin } from './web-origin.ts';

/** Where the originals of a source come from. It makes no call before it is asked for one. */
export type OpenOrigin = (source: ResolvedSource) => Promise<Origin>;

export const createOpenOrigin =
  ({
    connections,
    fetch,
    imagesUrl,
  }: {
    connections: Pick<ConnectionsService, 'openBucket'>;
    fetch: Pick<GuardedFetch, 'send'>;
    /** Public origin of pictures. */
    imagesUrl: () => string;
  }): OpenOrigin =>
  async ({ teamId, origin, originId, prefix }) => {
    switch (origin.kind) {
      case 'connection':
        return createBucketOrigin(originId, () => connections.openBucket(teamId, origin.connectionId));
      case 'web':
        return createWebOrigin({
          fetch,
          teamId,
          baseUrl: origin.baseUrl,
          prefix,
          cdnLoop: cdnLoopOf(imagesUrl()),
        });
    }
  };
