import { z } from 'zod';

interface ErrorKind {
  status: number;
  title: string;
  /** What the person can do next; empty where the detail says it. */
  next: string;
}

/** Every error that the API answers with: stable code -> status, title, next step. */
export const errorCatalogue = {
  invalidRequest: {
    status: 400,
    title: 'The request is not valid',
    next: 'Mend the fields named in errors and send it again.',
  },
  malformedBody: {
    status: 400,
    title: 'The body could not be read',
    next: 'Send valid JSON with Content-Type: application/json.',
  },
  notSignedIn: {
    status: 401,
    title: 'You are not signed in',
    next: 'Sign in, or send an API key as a bearer token.',
  },
  wrongCredentials: { status: 401, title: 'E-mail or password is wrong', next: 'Check both and try again.' },
  invalidApiKey: {
    status: 401,
    title: 'This API key is not valid',
    next: '',
  },
  forbidden: { status: 403, title: 'Your role does not allow this', next: 'Ask an owner of the team.' },
  missingScope: {
    status: 403,
    title: 'This API key lacks the scope',
    next: 'Use a key with the scope named in detail.',
  },
  crossSiteRequest: {
    status: 403,
    title: 'The request came from another site',
    next: 'Call the API from its own origin or with an API key.',
  },
  linkInvalid: {
    status: 403,
    title: 'This link is not valid',
    next: 'It may have been used or have expired: ask for a new one.',
  },
  notFound: { status: 404, title: 'Not found', next: 'Check the address.' },
  methodNotAllowed: { status: 405, title: 'This method is not allowed here', next: 'See the Allow header.' },
  notAcceptable: { status: 406, title: 'No acceptable representation', next: 'Accept application/json.' },
  conflict: { status: 409, title: 'This conflicts with what is there', next: '' },
  nameTaken: { status: 409, title: 'This name is taken', next: 'Choose another name.' },
  alreadySetUp: { status: 409, title: 'The owner account exists already', next: 'Sign in.' },
  lastOwner: { status: 409, title: 'A team needs an owner', next: 'Make somebody else an owner first.' },
  inUse: { status: 409, title: 'This is still in use', next: 'Remove what uses it first.' },
  objectExists: {
    status: 409,
    title: 'There is an object of this name already',
    next: 'Nothing was overwritten. Choose another name.',
  },
  uploadRestarted: {
    status: 409,
    title: 'The upload has to start again',
    next: 'Another write came between. Send all parts anew; the upload keeps its id.',
  },
  uploadIncomplete: {
    status: 409,
    title: 'The upload is not complete',
    next: 'Send the parts that detail names, then complete it again.',
  },
  uploadEnded: {
    status: 409,
    title: 'This upload has ended',
    next: 'Ask for a new one.',
  },
  dropClosed: { status: 403, title: 'This order page is closed', next: 'Ask the lab.' },
  wrongPassword: { status: 403, title: 'The password or PIN is wrong', next: 'Ask the lab for it.' },
  challengeFailed: {
    status: 403,
    title: 'The check against robots was not passed',
    next: 'Load the page again.',
  },
  grantInvalid: {
    status: 401,
    title: 'This upload grant is not valid',
    next: 'It may have expired or been revoked: ask for a new one.',
  },
  idempotencyConflict: {
    status: 409,
    title: 'This Idempotency-Key was used for another request',
    next: 'Use a new key for a new request.',
  },
  preconditionFailed: {
    status: 412,
    title: 'It was changed meanwhile',
    next: 'Load it again and repeat your edit.',
  },
  payloadTooLarge: { status: 413, title: 'The body is too large', next: '' },
  fileTooLarge: { status: 413, title: 'The file is too large', next: 'See detail for the limit.' },
  quotaExceeded: {
    status: 413,
    title: 'This is more than may be sent',
    next: 'See detail for the limit.',
  },
  fileTypeRefused: {
    status: 415,
    title: 'Files of this type are not taken here',
    next: 'Choose files of another type.',
  },
  unsupportedMediaType: {
    status: 415,
    title: 'This content type is not supported',
    next: 'Send application/json.',
  },
  misdirected: {
    status: 421,
    title: 'This server does not answer for that name',
    next: 'Use its public address; an operator sets it with WINDLASS_URL.',
  },
  nameRefused: {
    status: 422,
    title: 'A file may not have this name',
    next: 'Rename it and send it again.',
  },
  endpointRefused: {
    status: 422,
    title: 'This endpoint may not be used',
    next: 'Use a public endpoint, or have the operator allow it with WINDLASS_ALLOW_ENDPOINTS.',
  },
  checkFailed: {
    status: 422,
    title: 'The check failed',
    next: 'Nothing was changed. Mend what is named here, then try again.',
  },
  preconditionRequired: {
    status: 428,
    title: 'If-Match is required',
    next: 'Send the ETag of what you edit.',
  },
  tooManyRequests: { status: 429, title: 'Too many requests', next: 'Wait as Retry-After says.' },
  internal: {
    status: 500,
    title: 'Something went wrong here',
    next: 'Try again; if it stays, give the request id to the operator.',
  },
  // 424 (RFC 4918 11.4), not 502: whose bucket or web server it is decides whether it answers, and this one works as it should.
  originFailed: {
    status: 424,
    title: 'The origin did not answer as expected',
    next: 'See detail; check the connection, or the address of the web folder.',
  },
  unavailable: { status: 503, title: 'Not ready', next: 'Try again in a moment.' },
  originTimeout: {
    status: 424,
    title: 'The origin did not answer in time',
    next: 'Try again; check the connection, or the address of the web folder.',
  },
} as const satisfies Record<string, ErrorKind>;

export type ErrorCode = keyof typeof errorCatalogue;

// Object.keys loses the literal types that the catalogue has.
export const errorCodes = Object.keys(errorCatalogue) as [ErrorCode, ...ErrorCode[]];

/** An error on the wire: `application/problem+json` (RFC 9457) with a stable `code`. */
export const problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    code: z.enum(errorCodes),
    detail: z.string(),
    next: z.string(),
    requestId: z.string(),
    errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
  })
  .meta({
    id: 'Problem',
    example: {
      type: 'about:blank',
      title: 'Not found',
      status: 404,
      code: 'notFound',
      detail: 'There is no such connection in this team.',
      next: 'Check the address.',
      requestId: 'req-1a',
    },
  });
export type Problem = z.infer<typeof problem>;
