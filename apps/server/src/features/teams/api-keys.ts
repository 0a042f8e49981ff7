import {
  apiKeyId as idSchema,
  type ApiKey,
  type ApiKeyId,
  type ListQuery,
  type Scope,
  type TeamId,
} from '@windlass/contract';
import type { Actor } from '../../kernel/actor.ts';
import { AppError } from '../../kernel/app-error.ts';
import { newId } from '../../kernel/new-id.ts';
import type { Secret } from '../../kernel/secret.ts';
import { hashToken, newApiKey } from '../../platform/crypto/token.ts';
import {
  deleteApiKey,
  findApiKey,
  findApiKeyByToken,
  insertApiKey,
  listApiKeys,
  touchApiKey,
} from './api-key-store.ts';
import { authorize } from './authorize.ts';
import type { TeamsDeps } from './deps.ts';
import { logActor } from './log-actor.ts';
import { cursorId, toPage } from '../../platform/db/keyset-page.ts';
import { presentApiKey } from './presenter.ts';

const dayMilliseconds = 24 * 60 * 60 * 1000;
const touchEveryMilliseconds = 60 * 1000;

export interface ApiKeys {
  list(
    actor: Actor,
    teamId: TeamId,
    query: ListQuery,
  ): Promise<{ items: ApiKey[]; nextCursor: string | null }>;
  /** The secret is answered once; the table has its hash. The key gets its maker's role as an upper bound. */
  create(
    actor: Actor,
    teamId: TeamId,
    want: { name: string; scopes: Scope[]; expiresInDays: number | null },
  ): Promise<{ apiKey: ApiKey; secret: Secret }>;
  /** From the next request on the key is unknown. */
  revoke(actor: Actor, teamId: TeamId, id: ApiKeyId): Promise<void>;
  /** The actor of a key; null when it is unknown, revoked or expired. */
  find(key: string): Promise<Actor | null>;
}

export const createApiKeys = ({ db, clock, log }: Pick<TeamsDeps, 'db' | 'clock' | 'log'>): ApiKeys => ({
  list: async (actor, teamId, query) => {
    await authorize(db, actor, teamId, 'listApiKeys');
    const before = cursorId(query, idSchema);
    const rows = await listApiKeys(db, teamId, { before, limit: query.limit + 1 });
    return toPage(rows, query.limit, (row) => row.id, presentApiKey);
  },
  create: async (actor, teamId, { name, scopes, expiresInDays }) => {
    const access = await authorize(db, actor, teamId, 'createApiKey');
    const secret = newApiKey();
    const now = clock.now();
    const id = newId('key');
    await insertApiKey(db, {
      id,
      teamId,
      name,
      hint: secret.reveal().slice(-4),
      tokenHash: hashToken(secret.reveal()),
      scopes: [...new Set(scopes)],
      role: access.role,
      createdBy: access.userId,
      createdAt: now,
      lastUsedAt: null,
      expiresAt: expiresInDays === null ? null : new Date(now.getTime() + expiresInDays * dayMilliseconds),
    });
    log.info({ event: 'apiKeyMade', teamId, apiKeyId: id, scopes, by: logActor(actor) }, 'API key made');
    const made = await findApiKey(db, teamId, id);
    if (made === undefined) throw new AppError('conflict', 'The key was revoked at once.');
    return { apiKey: presentApiKey(made), secret };
  },
  revoke: async (actor, teamId, id) => {
    await authorize(db, actor, teamId, 'revokeApiKey');
    if (!(await deleteApiKey(db, teamId, id))) {
      throw new AppError('notFound', 'There is no such API key in this team.');
    }
    log.info({ event: 'apiKeyRevoked', teamId, apiKeyId: id, by: logActor(actor) }, 'API key revoked');
  },
  find: async (key) => {
    const now = clock.now();
    const found = await findApiKeyByToken(db, hashToken(key), now);
    if (found === undefined) return null;
    const usedBefore = new Date(now.getTime() - touchEveryMilliseconds);
    if (found.lastUsedAt === null || found.lastUsedAt < usedBefore) {
      await touchApiKey(db, found, { usedBefore, lastUsedAt: now });
    }
    const { id, teamId, createdBy, scopes, role } = found;
    return { kind: 'apiKey', apiKeyId: id, teamId, createdBy, scopes, role };
  },
});
