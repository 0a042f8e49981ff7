import { z } from 'zod';
import { sessionId, teamId, userId } from './ids.ts';
import { listOf, timestamp } from './lists.ts';
import { operation } from './operation.ts';
import { role } from './scopes.ts';

const tag = 'Account';

export const email = z.string().trim().toLowerCase().max(254).pipe(z.email());
/** At least 10 characters (NIST SP 800-63B asks for 8 or more and no composition rules), at most 200. */
export const password = z.string().min(10, 'needs at least 10 characters').max(200);
export const personName = z.string().trim().min(1).max(100);
export const linkToken = z.string().min(20).max(200);

export const user = z
  .object({ id: userId, email: z.string(), name: z.string(), createdAt: timestamp, hasPassword: z.boolean() })
  .meta({ id: 'User' });
export type User = z.infer<typeof user>;

export const membership = z.object({ teamId, teamName: z.string(), role }).meta({ id: 'Membership' });
export type Membership = z.infer<typeof membership>;

/** Who is calling: the person with their teams. */
export const me = z.object({ user, memberships: z.array(membership) }).meta({ id: 'Me' });
export type Me = z.infer<typeof me>;

export const session = z
  .object({
    id: sessionId,
    createdAt: timestamp,
    lastSeenAt: timestamp,
    expiresAt: timestamp,
    address: z.string(),
    userAgent: z.string(),
    current: z.boolean(),
  })
  .meta({ id: 'Session' });
export type Session = z.infer<typeof session>;

export const getSetup = operation({
  id: 'getSetup',
  method: 'GET',
  path: '/api/v1/setup',
  tag,
  access: 'public',
  status: 200,
  summary: 'Is an owner still needed, and how can one sign in',
  response: z.object({
    needsOwner: z.boolean(),
    oidc: z.object({ name: z.string(), startUrl: z.string() }).nullable(),
    version: z.string(),
    imagesUrl: z.string(),
    demo: z.boolean().meta({ description: 'True where the embedded demo bucket is there' }),
    sendsMail: z.boolean().meta({ description: 'True where a mail server is configured' }),
  }),
});

export const createOwner = operation({
  id: 'createOwner',
  method: 'POST',
  path: '/api/v1/setup',
  tag,
  access: 'public',
  status: 201,
  summary: 'Make the owner account with the one-time link of the console',
  body: z.object({ token: linkToken, email, name: personName, password }),
  response: me,
});

export const signIn = operation({
  id: 'signIn',
  method: 'POST',
  path: '/api/v1/sessions',
  tag,
  access: 'public',
  status: 201,
  summary: 'Sign in with e-mail and password; sets the session cookie',
  body: z.object({ email, password: z.string().min(1).max(200) }),
  response: me,
});

export const signOut = operation({
  id: 'signOut',
  method: 'DELETE',
  path: '/api/v1/sessions/current',
  tag,
  access: 'signed-in',
  status: 204,
  summary: 'Sign out: ends this session',
});

export const listSessions = operation({
  id: 'listSessions',
  method: 'GET',
  path: '/api/v1/sessions',
  tag,
  access: 'signed-in',
  status: 200,
  summary: 'Your own sessions',
  response: listOf(session),
});

export const revokeSession = operation({
  id: 'revokeSession',
  method: 'DELETE',
  path: '/api/v1/sessions/:sessionId',
  tag,
  access: 'signed-in',
  status: 204,
  summary: 'End one of your own sessions',
  params: z.object({ sessionId }),
});

export const getMe = operation({
  id: 'getMe',
  method: 'GET',
  path: '/api/v1/me',
  tag,
  access: 'signed-in',
  status: 200,
  summary: 'Who you are and your teams',
  response: me,
});

export const updateMe = operation({
  id: 'updateMe',
  method: 'PATCH',
  path: '/api/v1/me',
  tag,
  access: 'signed-in',
  status: 200,
  summary: 'Change your name',
  body: z.object({ name: personName }),
  response: me,
});

export const changePassword = operation({
  id: 'changePassword',
  method: 'PUT',
  path: '/api/v1/me/password',
  tag,
  access: 'signed-in',
  status: 204,
  summary: 'Change your password; ends your other sessions',
  body: z.object({ currentPassword: z.string().max(200), newPassword: password }),
});
