import { randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

export const newRequestId = (): string => `req_${randomBytes(12).toString('base64url')}`;

/** Ids for a listener that gives tens of thousands a second: as unique, but one tells how many came before it. */
export const createRequestIds = (): (() => string) => {
  const start = newRequestId();
  let count = 0;
  return () => {
    count += 1;
    return `${start}-${count.toString(36)}`;
  };
};

/** A caller's own id is kept when it is short and plain, so that it can be followed through several systems' logs. */
export const requestIdOf = (
  request: Pick<IncomingMessage, 'headers'>,
  newId: () => string = newRequestId,
): string => {
  const given = request.headers['x-request-id'];
  return typeof given === 'string' && /^[\w.-]{1,64}$/.test(given) ? given : newId();
};
