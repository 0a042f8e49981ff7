import type { IncomingHttpHeaders } from 'node:http';
import type { Actor } from '../../kernel/actor.ts';
import { AppError } from '../../kernel/app-error.ts';
import { isApiKey, isOrderToken, isUploadToken } from '../../platform/crypto/token.ts';
import { bearerOf } from '../../platform/http/bearer.ts';
import { refuseCrossSite } from './cross-site.ts';
import type { Sessions } from './sessions.ts';

/** The cookie that holds a session's token. */
export const sessionCookie = 'windlass_session';

/** What is read of a request; a FastifyRequest with @fastify/cookie is one. */
export interface AuthenticRequest {
  method: string;
  headers: IncomingHttpHeaders;
  cookies: Record<string, string | undefined>;
}

interface AuthenticationDeps {
  sessions: Pick<Sessions, 'find'>;
  /** Finds the actor of an API key that has the right form; null when it is unknown, revoked or expired. */
  findApiKey: (key: string) => Promise<Actor | null>;
  /** Public origin of the app, e.g. `https://media.example.com`. */
  publicUrl: () => string;
}

/**
 * Says who is calling: a bearer API key first, else the session cookie, else nobody (null).
 *
 * A bearer token that is not a valid key throws `invalidApiKey`, also beside a good cookie: a caller who sends a key
 * means it. The token of an upload grant or of an order is nobody's identity. An unsafe method with the cookie must come
 * from our own origin (`crossSiteRequest`); a key needs no such proof, since no browser attaches it by itself.
 */
export const createAuthentication =
  (deps: AuthenticationDeps) =>
  async (request: AuthenticRequest): Promise<Actor | null> => {
    const bearer = bearerOf(request.headers.authorization);
    if (bearer !== null) {
      // Its own calls look at it; everywhere else its holder is nobody, whichever cookie rides along.
      if (isUploadToken(bearer) || isOrderToken(bearer)) return null;
      // Anybody can tell the form by its checksum, so that to say so gives nothing away.
      if (!isApiKey(bearer))
        throw new AppError(
          'invalidApiKey',
          'The bearer token has not the form of an API key, wk_ and 50 characters: copy the whole key.',
        );
      const actor = await deps.findApiKey(bearer);
      if (actor === null)
        throw new AppError('invalidApiKey', 'It is unknown here, revoked or expired: make a new one.');
      return actor;
    }
    const token = request.cookies[sessionCookie];
    if (token === undefined || token === '') return null;
    const actor = await deps.sessions.find(token);
    if (actor !== null) refuseCrossSite(request, deps.publicUrl());
    return actor;
  };
