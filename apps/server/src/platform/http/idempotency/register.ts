import { createHash } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { AppError } from '../../../kernel/app-error.ts';
import { canonicalJson } from '../../../kernel/canonical-json.ts';
import type { Clock } from '../../../kernel/clock.ts';
import { Secret } from '../../../kernel/secret.ts';
import { sleep } from '../../../kernel/timing.ts';
import type { Database } from '../../db/index.ts';
import { actorIdOf } from '../actor-id.ts';
import { claimKey, findKey, forgetAnswer, keepAnswer, releaseKey } from './store.ts';

const keptSeconds = 24 * 60 * 60;
/** Longer than any request may take, so that a place is taken over only from one that died. */
const lockSeconds = 120;
const waitMilliseconds = 10_000;
const pollMilliseconds = 100;

/** Whose key: each caller has keys of their own. */
interface Place {
  actorId: string;
  key: string;
}

/** Hides stored answers; some hold a secret that is shown once. */
export interface AnswerSealer {
  seal(body: Secret, place: Place): string;
  /** Null for one that does not open any more, e.g. since its key has left the keyring. */
  open(sealed: string, place: Place): Secret | null;
}

interface IdempotencyOptions {
  db: Database;
  clock: Clock;
  sealer: AnswerSealer;
}

declare module 'fastify' {
  interface FastifyRequest {
    /** Set while this request holds the place of its Idempotency-Key. */
    idempotency: Place | null;
  }
}

const keyOf = (request: FastifyRequest): string | null => {
  const header = request.headers['idempotency-key'];
  if (header === undefined) return null;
  if (typeof header !== 'string' || !/^[\x21-\x7e]{1,255}$/.test(header)) {
    throw new AppError('invalidRequest', 'Idempotency-Key takes 1 to 255 visible ASCII characters.');
  }
  return header;
};

interface StoredAnswer {
  status: number;
  contentType: string;
  body: Secret;
}

/** The same request again: same method, address and content. */
const hashOf = (request: FastifyRequest): string =>
  createHash('sha256')
    .update(`${request.method} ${request.url}\n${canonicalJson(request.body ?? null)}`)
    .digest('base64url');

/**
 * `Idempotency-Key` on every POST for the signed-in that makes something (draft-ietf-httpapi-idempotency-key-header-07): the
 * first request runs, its answer is kept for 24 hours, and the same request with the same key gets that answer again.
 * A twin that comes while the first runs waits for it. Another request with the key is refused. Answers other than
 * success are not kept: they made nothing, so the next request may run.
 *
 * Calls that are open to strangers make sessions: an answer without its cookie would be of no use, and a fast hash of
 * what holds a password may not be kept.
 */
export const registerIdempotency = (
  app: FastifyInstance,
  { db, clock, sealer }: IdempotencyOptions,
): void => {
  app.decorateRequest('idempotency', null);

  const inSeconds = (seconds: number): Date => new Date(clock.now().getTime() + seconds * 1000);

  /** The answer of the first request, or null when this request is now the one that runs. */
  const claimOrWait = async (place: Place, requestHash: string): Promise<StoredAnswer | null> => {
    for (const deadline = Date.now() + waitMilliseconds; ; await sleep(pollMilliseconds)) {
      const claim = {
        now: clock.now(),
        lockedUntil: inSeconds(lockSeconds),
        expiresAt: inSeconds(keptSeconds),
      };
      if (await claimKey(db, { ...place, requestHash, ...claim })) return null;
      const entry = await findKey(db, place);
      if (entry !== null && entry.requestHash !== requestHash) {
        throw new AppError(
          'idempotencyConflict',
          'This Idempotency-Key belongs to a request with other content.',
        );
      }
      if (entry !== null && entry.answer !== null) {
        const { status, contentType, sealedBody } = entry.answer;
        const body = sealer.open(sealedBody, place);
        if (body !== null) return { status, contentType, body };
        await forgetAnswer(db, place, sealedBody);
      }
      if (Date.now() >= deadline) {
        throw new AppError('conflict', 'The first request with this Idempotency-Key is still running.', {
          headers: { 'retry-after': '5' },
        });
      }
    }
  };

  app.addHook('preHandler', async (request, reply) => {
    const { operation } = request.routeOptions.config;
    const actorId = actorIdOf(request.actor);
    if (operation?.method !== 'POST' || operation.status !== 201) return;
    if (operation.access !== 'signed-in' || actorId === undefined) return;
    const key = keyOf(request);
    if (key === null) return;
    const place = { actorId, key };
    const answer = await claimOrWait(place, hashOf(request));
    if (answer === null) {
      request.idempotency = place;
      return;
    }
    return reply
      .status(answer.status)
      .header('idempotency-replayed', 'true')
      .header('cache-control', 'no-store')
      .type(answer.contentType)
      .serializer((text: string) => text)
      .send(answer.body.reveal());
  });

  app.addHook('onSend', async (request, reply, payload) => {
    const place = request.idempotency;
    if (place === null) return payload;
    request.idempotency = null;
    const contentType = reply.getHeader('content-type');
    if (reply.statusCode === 201 && typeof payload === 'string' && typeof contentType === 'string') {
      const sealedBody = sealer.seal(new Secret(payload), place);
      await keepAnswer(db, place, { status: reply.statusCode, sealedBody, contentType });
    } else {
      await releaseKey(db, place);
    }
    return payload;
  });
};
