import type { Secret } from '../../kernel/secret.ts';
import { sessionCookie } from './authentication.ts';
import { attemptSeconds } from './oidc-sign-in.ts';
import { absoluteSeconds } from './sessions.ts';

/** The part of a Fastify reply (with @fastify/cookie) that cookies need. */
export interface CookieReply {
  setCookie(name: string, value: string, options: CookieOptions): unknown;
  clearCookie(name: string, options: CookieOptions): unknown;
}

interface CookieOptions {
  path: string;
  httpOnly: true;
  sameSite: 'lax';
  secure: boolean;
  maxAge?: number;
}

const oidcPath = '/auth/oidc';
/** Says which browser began a sign-in at the provider. */
export const oidcCookie = 'windlass_oidc';
/** Keeps an invitation's token on its way through the provider, out of every URL. */
export const invitationCookie = 'windlass_invitation';

/** Never readable by scripts; sent along on a link from elsewhere (Lax) but not with another site's form or fetch. */
const attributes = (path: string, publicUrl: string): CookieOptions => ({
  path,
  httpOnly: true,
  sameSite: 'lax',
  secure: publicUrl.startsWith('https:'),
});

/** The table decides when a session ends; the cookie only outlives it. */
export const setSessionCookie = (reply: CookieReply, token: Secret, publicUrl: string): void => {
  reply.setCookie(sessionCookie, token.reveal(), { ...attributes('/', publicUrl), maxAge: absoluteSeconds });
};

export const clearSessionCookie = (reply: CookieReply, publicUrl: string): void => {
  reply.clearCookie(sessionCookie, attributes('/', publicUrl));
};

export const setOidcCookie = (reply: CookieReply, token: Secret, publicUrl: string): void => {
  reply.setCookie(oidcCookie, token.reveal(), { ...attributes(oidcPath, publicUrl), maxAge: attemptSeconds });
};

export const setInvitationCookie = (reply: CookieReply, token: string, publicUrl: string): void => {
  reply.setCookie(invitationCookie, token, { ...attributes(oidcPath, publicUrl), maxAge: 30 * 60 });
};

export const clearOidcCookies = (reply: CookieReply, publicUrl: string): void => {
  reply.clearCookie(oidcCookie, attributes(oidcPath, publicUrl));
  reply.clearCookie(invitationCookie, attributes(oidcPath, publicUrl));
};
