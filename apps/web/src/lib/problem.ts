import { errorCatalogue, problem, type ErrorCode } from '@windlass/contract';
import { sentence } from './format.ts';

/** Codes of what can go wrong between the page and the server, beside the API's own catalogue. */
export const pageErrorCodes = ['offline', 'timedOut', 'unexpectedAnswer'] as const;
export type PageErrorCode = (typeof pageErrorCodes)[number];

export interface FieldError {
  /** Dotted path of the field, e.g. `credentials.accessKeyId`. */
  path: string;
  message: string;
}

export interface ProblemFacts {
  code: ErrorCode | PageErrorCode;
  /** HTTP status; 0 when there was no answer. */
  status: number;
  title: string;
  detail: string;
  next: string;
  requestId: string | null;
  errors?: readonly FieldError[];
}

/** A failed call: what happened (`title`), why (`detail`), the next step (`next`), in that order. */
export class ApiProblem extends Error {
  readonly code: ErrorCode | PageErrorCode;
  readonly status: number;
  readonly title: string;
  readonly detail: string;
  readonly next: string;
  readonly requestId: string | null;
  readonly errors: readonly FieldError[];

  constructor(facts: ProblemFacts, options?: ErrorOptions) {
    super(facts.detail === '' ? facts.title : facts.detail, options);
    this.name = 'ApiProblem';
    this.code = facts.code;
    this.status = facts.status;
    this.title = facts.title;
    this.detail = facts.detail;
    this.next = facts.next;
    this.requestId = facts.requestId;
    this.errors = facts.errors ?? [];
  }
}

const codeOfStatus: Partial<Record<number, ErrorCode>> = {
  401: 'notSignedIn',
  403: 'forbidden',
  404: 'notFound',
  413: 'payloadTooLarge',
  429: 'tooManyRequests',
  503: 'unavailable',
};

/**
 * Turns a failed answer into an ApiProblem. A proxy in between may answer with something that is
 * no problem document; its status then decides.
 */
export const problemFromAnswer = (status: number, body: unknown, requestId: string | null): ApiProblem => {
  const parsed = problem.safeParse(body);
  if (parsed.success) {
    const { code, title, detail, next, errors } = parsed.data;
    return new ApiProblem({
      code,
      status,
      title,
      detail,
      next,
      requestId: parsed.data.requestId,
      ...(errors === undefined ? {} : { errors }),
    });
  }
  const code = codeOfStatus[status];
  if (code !== undefined) {
    const { title, next } = errorCatalogue[code];
    return new ApiProblem({ code, status, title, detail: `The server answered ${status}.`, next, requestId });
  }
  return new ApiProblem({
    code: 'unexpectedAnswer',
    status,
    title: 'The server answered in an unexpected way',
    detail: `The answer had status ${status} and was not an error document.`,
    next: 'Try again. If it stays, look in the server’s log.',
    requestId,
  });
};

/** Turns anything thrown into an ApiProblem, so that every screen shows errors in one way. */
export const toProblem = (error: unknown): ApiProblem => {
  if (error instanceof ApiProblem) return error;
  if (error instanceof DOMException && error.name === 'TimeoutError') {
    return new ApiProblem(
      {
        code: 'timedOut',
        status: 0,
        title: 'The server took too long',
        detail: 'No answer came in time.',
        next: 'Try again in a moment.',
        requestId: null,
      },
      { cause: error },
    );
  }
  return new ApiProblem(
    {
      code: 'unexpectedAnswer',
      status: 0,
      title: 'Something went wrong in the page',
      detail: error instanceof Error ? error.message : String(error),
      next: 'Load the page again.',
      requestId: null,
    },
    { cause: error },
  );
};

/** May the same call succeed a moment later? No answer, too many requests, or trouble on the server's side. */
export const mayPass = ({ status }: Pick<ApiProblem, 'status'>): boolean =>
  status === 0 || status === 429 || status >= 500;

/** The path of a field as forms name it: `body.url` -> `url`. */
export const formPath = (path: string): string => path.replace(/^body[./]/, '');

/** Field errors by path, for a form: `{ name: 'This name is taken' }`. A leading `body.` is dropped. */
export const fieldErrors = (error: unknown): Record<string, string> => {
  if (!(error instanceof ApiProblem)) return {};
  const entries = error.errors.map(({ path, message }) => [formPath(path), sentence(message)] as const);
  if (entries.length === 0 && error.code === 'nameTaken')
    return { name: 'This name is taken. Choose another.' };
  return Object.fromEntries(entries);
};

/**
 * Whether the address leads to nothing: there is no such thing in this team, or what stands in the address cannot be an id
 * at all, which the API answers as a bad path.
 */
export const isMissing = (error: unknown): boolean =>
  error instanceof ApiProblem &&
  (error.code === 'notFound' ||
    (error.code === 'invalidRequest' &&
      error.errors.length > 0 &&
      error.errors.every(({ message }) => message.startsWith('is not the id of '))));
