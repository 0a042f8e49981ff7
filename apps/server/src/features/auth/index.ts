export { createAuthentication, sessionCookie, type AuthenticRequest } from './authentication.ts';
export { createSessions, type Client, type Sessions, type StartedSession } from './sessions.ts';
