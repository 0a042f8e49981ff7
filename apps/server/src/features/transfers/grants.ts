import { uploadGrantId as uploadGrantIdSchema } from '@windlass/contract';
import { AppError } from '../../kernel/app-error.ts';
import { newId } from '../../kernel/new-id.ts';
import { hashToken, isUploadToken, newUploadToken } from '../../platform/crypto/token.ts';
import { cursorId, toPage } from '../../platform/db/keyset-page.ts';
import { actorIdOf } from '../../platform/http/actor-id.ts';
import type { TeamAccess } from '../teams/index.ts';
import type { TransferDeps } from './deps.ts';
import { endGrantIn } from './end-grant.ts';
import {
  changeGrant,
  findGrant,
  findGrantByToken,
  findPlace,
  insertGrant,
  listGrants,
} from './grant-store.ts';
import { requireGood } from './grant-validity.ts';
import { transferPolicy } from './policy.ts';
import { presentGrant } from './presenter.ts';
import { grantInvalid, missingGrant } from './refusals.ts';
import type { TransfersService } from './transfers-service.ts';

type Grants = Pick<
  TransfersService,
  'openGrant' | 'renewToken' | 'grantOf' | 'endGrant' | 'createGrant' | 'listGrants' | 'revokeGrant'
>;

/** Making, finding and ending grants. */
export const createGrants = (deps: TransferDeps & { access: TeamAccess }): Grants => {
  const { db, clock, log, access } = deps;

  const openGrant: Grants['openGrant'] = async (trx, grant) => {
    const { teamId, connectionId, holder, limits } = grant;
    if ((await findPlace(trx, teamId, connectionId)) === null) {
      throw new AppError('notFound', 'There is no such connection in this team.', {
        errors: [{ path: 'connectionId', message: 'is not a connection of this team' }],
      });
    }
    const token = newUploadToken();
    const grantId = newId('ugr');
    await insertGrant(trx, {
      id: grantId,
      teamId,
      connectionId,
      prefix: grant.prefix,
      ...limits,
      onConflict: grant.onConflict,
      holderKind: holder.kind,
      orderId: holder.kind === 'order' ? holder.orderId : null,
      tokenHash: hashToken(token.reveal()),
      madeBy: grant.madeBy,
      createdAt: clock.now(),
      expiresAt: grant.expiresAt,
      endedAt: null,
    });
    return { grantId, token };
  };

  return {
    openGrant,

    renewToken: async (trx, teamId, grantId) => {
      if ((await findGrant(trx, teamId, grantId)) === null) missingGrant();
      const token = newUploadToken();
      await changeGrant(trx, teamId, grantId, { tokenHash: hashToken(token.reveal()) });
      return token;
    },

    grantOf: async (token) => {
      if (!isUploadToken(token)) {
        throw grantInvalid('It has not the form of one, wu_ and 43 characters: copy the whole token.');
      }
      return requireGood(await findGrantByToken(db, hashToken(token)), clock.now());
    },

    endGrant: async (trx, teamId, grantId) => {
      await endGrantIn(deps, trx, teamId, grantId);
    },

    createGrant: async (actor, teamId, { expiresInSeconds, ...given }) => {
      const { userId } = await access.require(actor, teamId, transferPolicy.grant);
      const { grantId, token } = await openGrant(db, {
        ...given,
        teamId,
        expiresAt: new Date(clock.now().getTime() + expiresInSeconds * 1000),
        holder: { kind: 'team' },
        madeBy: userId,
      });
      log.info({ actorId: actorIdOf(actor), teamId, grantId }, 'Upload grant made');
      return { grant: presentGrant((await findGrant(db, teamId, grantId)) ?? missingGrant()), token };
    },

    listGrants: async (actor, teamId, query) => {
      await access.require(actor, teamId, transferPolicy.read);
      const before = cursorId(query, uploadGrantIdSchema);
      const filter = {
        connectionId: query.connectionId ?? null,
        holder: query.holder ?? null,
        goodAt: query.good === true ? clock.now() : null,
      };
      const rows = await listGrants(db, teamId, filter, { before, limit: query.limit + 1 });
      return toPage(rows, query.limit, ({ id }) => id, presentGrant);
    },

    revokeGrant: async (actor, { teamId, uploadGrantId }) => {
      await access.require(actor, teamId, transferPolicy.revoke);
      const isEnded = await db.transaction().execute((trx) => endGrantIn(deps, trx, teamId, uploadGrantId));
      if (!isEnded) missingGrant();
      log.info({ actorId: actorIdOf(actor), teamId, grantId: uploadGrantId }, 'Upload grant ended');
    },
  };
};
