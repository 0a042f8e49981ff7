/** What went wrong: what happened (`title`), why (`detail`), the next step (`next`), in that order. */
export interface ProblemFacts {
  /** A code of the API's catalogue, or `offline`, `timedOut`, `unexpectedAnswer`. */
  code: string;
  /** HTTP status; 0 where there was no answer. */
  status: number;
  title: string;
  detail: string;
  next: string;
  requestId: string | null;
  errors: readonly { path: string; message: string }[];
  /** What the server asks to wait; null where it does not say. */
  retryAfterSeconds: number | null;
}

/** A call that failed. */
export class OrderProblem extends Error {
  override readonly name = 'OrderProblem';
  readonly facts: ProblemFacts;

  constructor(facts: ProblemFacts, options?: ErrorOptions) {
    super(facts.detail === '' ? facts.title : facts.detail, options);
    this.facts = facts;
  }
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

const fieldErrors = (value: unknown): ProblemFacts['errors'] =>
  Array.isArray(value)
    ? value.flatMap((entry: unknown) =>
        typeof entry === 'object' && entry !== null && 'path' in entry && 'message' in entry
          ? [{ path: text(entry.path), message: text(entry.message) }]
          : [],
      )
    : [];

/** Retry-After in seconds; the form with a date is not one that our server sends (RFC 9110 10.2.3). */
const retryAfter = (headers: Headers): number | null => {
  const value = headers.get('retry-after');
  return value !== null && /^\d{1,6}$/.test(value) ? Number(value) : null;
};

/**
 * Reads a failed answer. Something in between may answer with what is no problem document (RFC 9457); the status is then
 * all that is known.
 */
export const problemOfAnswer = (status: number, headers: Headers, body: unknown): OrderProblem => {
  const shared = {
    status,
    requestId: headers.get('x-request-id'),
    retryAfterSeconds: retryAfter(headers),
  };
  if (typeof body === 'object' && body !== null && 'code' in body && 'title' in body) {
    return new OrderProblem({
      ...shared,
      code: text(body.code),
      title: text(body.title),
      detail: 'detail' in body ? text(body.detail) : '',
      next: 'next' in body ? text(body.next) : '',
      errors: 'errors' in body ? fieldErrors(body.errors) : [],
    });
  }
  return new OrderProblem({
    ...shared,
    code: 'unexpectedAnswer',
    title: 'The server answered in an unexpected way',
    detail: `The answer had status ${status} and was not an error document.`,
    next: 'Try again in a moment.',
    errors: [],
  });
};

const facts = (code: string, title: string, detail: string, next: string): ProblemFacts => ({
  code,
  status: 0,
  title,
  detail,
  next,
  requestId: null,
  errors: [],
  retryAfterSeconds: null,
});

/** @param name of the first of `count` files that another tab of the same order has not sent to its end */
export const filesOfAnotherTab = (name: string, count: number): ProblemFacts =>
  facts(
    'filesOfAnotherTab',
    'Another tab of this order has files that have not arrived',
    `“${name}”${count === 1 ? '' : ` and ${count - 1} more`} would not be part of the order.`,
    'Wait until they have arrived; or close the other tab and load this page again.',
  );

/** Turns anything thrown into facts to show. */
export const problemOf = (error: unknown): ProblemFacts => {
  if (error instanceof OrderProblem) return error.facts;
  if (error instanceof DOMException && error.name === 'TimeoutError') {
    return facts('timedOut', 'The server took too long', 'No answer came in time.', 'Try again in a moment.');
  }
  // fetch throws TypeError when no answer came.
  if (error instanceof TypeError && /fetch|network|load failed/i.test(error.message)) {
    return facts(
      'offline',
      'The server could not be reached',
      'No connection to it could be made.',
      'Check that you are online, then try again.',
    );
  }
  return facts(
    'unexpected',
    'Something went wrong in the page',
    error instanceof Error ? error.message : String(error),
    'Load the page again. What you have filled in stays.',
  );
};

/** May the same call succeed a moment later? */
export const mayPass = ({ status }: Pick<ProblemFacts, 'status'>): boolean =>
  status === 0 || status === 429 || status >= 500;
