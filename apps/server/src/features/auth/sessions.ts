import type { SessionId, UserId } from '@windlass/contract';
import type { Actor } from '../../kernel/actor.ts';
import type { Clock } from '../../kernel/clock.ts';
import { newId } from '../../kernel/new-id.ts';
import type { Secret } from '../../kernel/secret.ts';
import { hashToken, newToken } from '../../platform/crypto/token.ts';
import type { Database } from '../../platform/db/index.ts';
import {
  deleteSession,
  deleteSessionByToken,
  deleteSessionsOf,
  findSessionByToken,
  insertSession,
  listSessionsOf,
  touchSession,
  type SessionRow,
} from './session-store.ts';

const minuteMilliseconds = 60 * 1000;
const dayMilliseconds = 24 * 60 * minuteMilliseconds;
/** A session that nobody uses ends. */
const idleMilliseconds = 30 * dayMilliseconds;
/** However much it is used, it ends. */
export const absoluteSeconds = 90 * 24 * 60 * 60;
const touchEveryMilliseconds = minuteMilliseconds;

/** Where a request came from, as the list of sessions shows it. */
export interface Client {
  address: string;
  userAgent: string;
}

/** A session just made; the token is in the cookie and nowhere else. */
export interface StartedSession {
  id: SessionId;
  token: Secret;
}

export interface Sessions {
  /** Always a new token: what the browser brought along is never taken over (session fixation). */
  start(db: Database, userId: UserId, client: Client): Promise<StartedSession>;
  /** The actor of a cookie's token; null when it is unknown, ended or expired. Using a session prolongs it. */
  find(token: string): Promise<Extract<Actor, { kind: 'user' }> | null>;
  list(userId: UserId): Promise<SessionRow[]>;
  end(userId: UserId, id: SessionId): Promise<boolean>;
  /** Ends the session of a token, whoever's it is: for the cookie that a sign-in replaces. */
  endByToken(token: string): Promise<void>;
  endAll(db: Database, userId: UserId): Promise<void>;
}

/** Sessions: 256 random bits in a cookie, their hash in the table; 30 days idle, 90 days at most. */
export const createSessions = ({ db, clock }: { db: Database; clock: Clock }): Sessions => ({
  start: async (inside, userId, client) => {
    const now = clock.now();
    const token = newToken();
    const id = newId('ses');
    await insertSession(inside, {
      id,
      userId,
      tokenHash: hashToken(token.reveal()),
      createdAt: now,
      lastSeenAt: now,
      expiresAt: expiry(now, now),
      address: client.address.slice(0, 100),
      userAgent: client.userAgent.slice(0, 300),
    });
    return { id, token };
  },
  find: async (token) => {
    const now = clock.now();
    const session = await findSessionByToken(db, hashToken(token), now);
    if (session === undefined) return null;
    const seenBefore = new Date(now.getTime() - touchEveryMilliseconds);
    if (session.lastSeenAt < seenBefore) {
      await touchSession(db, session.id, {
        seenBefore,
        lastSeenAt: now,
        expiresAt: expiry(session.createdAt, now),
      });
    }
    return { kind: 'user', userId: session.userId, sessionId: session.id };
  },
  list: (userId) => listSessionsOf(db, userId, clock.now()),
  end: (userId, id) => deleteSession(db, userId, id),
  endByToken: (token) => deleteSessionByToken(db, hashToken(token)),
  endAll: (inside, userId) => deleteSessionsOf(inside, userId),
});

const expiry = (createdAt: Date, now: Date): Date =>
  new Date(Math.min(now.getTime() + idleMilliseconds, createdAt.getTime() + absoluteSeconds * 1000));
