import {
  changePassword,
  createOwner,
  getMe,
  getSetup,
  listSessions,
  revokeSession,
  signIn,
  signOut,
  updateMe,
} from '@windlass/contract';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { rateLimitHeaders } from '../../platform/http/rate-limit.ts';
import { registerOperation } from '../../platform/http/register-operation.ts';
import { sessionCookie } from './authentication.ts';
import {
  clearOidcCookies,
  clearSessionCookie,
  invitationCookie,
  oidcCookie,
  setOidcCookie,
  setSessionCookie,
} from './cookies.ts';
import { refuseForeignSignIn } from './cross-site.ts';
import { callbackPath, type OidcSignIn } from './oidc-sign-in.ts';
import type { AuthService } from './service.ts';
import type { Client, StartedSession } from './sessions.ts';

/** Where a request came from. */
export const toClient = (request: FastifyRequest): Client => ({
  address: request.ip,
  userAgent: request.headers['user-agent'] ?? '',
});

/** Hands the browser its new session and ends the one that it brought along. */
export const beginSession = async (
  auth: AuthService,
  request: FastifyRequest,
  reply: FastifyReply,
  session: StartedSession,
): Promise<void> => {
  const earlier = request.cookies[sessionCookie];
  if (earlier !== undefined && earlier !== '') await auth.sessions.endByToken(earlier);
  setSessionCookie(reply, session.token, auth.publicUrl());
};

export const registerAuthRoutes = (app: FastifyInstance, auth: AuthService): void => {
  registerOperation(app, getSetup, () => auth.describe());

  registerOperation(app, createOwner, async ({ body, request, reply }) => {
    refuseForeignSignIn(request, auth.publicUrl());
    const { me, session } = await auth.createOwner(body, toClient(request));
    await beginSession(auth, request, reply, session);
    return me;
  });

  registerOperation(app, signIn, async ({ body, request, reply }) => {
    refuseForeignSignIn(request, auth.publicUrl());
    const { me, session, limit } = await auth.signIn.withPassword(body, toClient(request));
    await beginSession(auth, request, reply, session);
    reply.headers(rateLimitHeaders(limit));
    return me;
  });

  registerOperation(app, signOut, async ({ actor, reply }) => {
    await auth.account.signOut(actor);
    clearSessionCookie(reply, auth.publicUrl());
  });

  registerOperation(app, listSessions, async ({ actor }) => ({
    items: await auth.account.listSessions(actor),
    nextCursor: null,
  }));

  registerOperation(app, revokeSession, ({ actor, params }) =>
    auth.account.revokeSession(actor, params.sessionId),
  );

  registerOperation(app, getMe, ({ actor }) => auth.account.me(actor));

  registerOperation(app, updateMe, ({ actor, body }) => auth.account.rename(actor, body.name));

  registerOperation(app, changePassword, async ({ actor, body, request, reply }) => {
    const session = await auth.account.changePassword(actor, body, toClient(request));
    setSessionCookie(reply, session.token, auth.publicUrl());
  });

  if (auth.oidc !== null) registerOidcRoutes(app, auth, auth.oidc);
};

/** Two pages for browsers, not part of the API. */
const registerOidcRoutes = (app: FastifyInstance, auth: AuthService, oidc: OidcSignIn): void => {
  app.get<{ Querystring: { next?: unknown } }>(
    '/auth/oidc/start',
    { schema: { hide: true } },
    async (request, reply) => {
      const { next } = request.query;
      const begun = await oidc.begin(
        {
          next: typeof next === 'string' ? next : undefined,
          invitationToken: request.cookies[invitationCookie],
        },
        toClient(request),
      );
      if (begun.kind === 'failed') return reply.redirect(`/sign-in?error=${begun.failure}`);
      setOidcCookie(reply, begun.browserToken, auth.publicUrl());
      return reply.header('cache-control', 'no-store').redirect(begun.url.href);
    },
  );

  app.get(callbackPath, { schema: { hide: true } }, async (request, reply) => {
    const outcome = await oidc.finish(request.url, request.cookies[oidcCookie], toClient(request));
    clearOidcCookies(reply, auth.publicUrl());
    reply.header('cache-control', 'no-store').header('referrer-policy', 'no-referrer');
    if (outcome.kind === 'failed') return reply.redirect(`/sign-in?error=${outcome.failure}`);
    await beginSession(auth, request, reply, outcome.session);
    return reply.redirect(outcome.returnTo);
  });
};
