import { randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

export const newRequestId = (): string => `req_${randomBytes(12).toString('base64url')}`;

/** A caller's own id is kept when it is short and plain, so that it can be followed through several systems' logs. */
export const requestIdOf = (request: Pick<IncomingMessage, 'headers'>): string => {
  const given = request.headers['x-request-id'];
  return typeof given === 'string' && /^[\w.-]{1,64}$/.test(given) ? given : newRequestId();
};
