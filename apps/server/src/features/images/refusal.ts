import type { ErrorCode } from '@windlass/contract';
import { BadValue, RenderError, type RenderFailure } from '@windlass/images';
import { AppError } from '../../kernel/app-error.ts';

/** A request that ends without a picture. `message` is public: no key, no endpoint, no words of the provider. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly status: number;
  readonly headers: Record<string, string>;

  constructor(
    status: number,
    message: string,
    options: ErrorOptions & { headers?: Record<string, string> } = {},
  ) {
    super(message, options);
    this.status = status;
    this.headers = options.headers ?? {};
  }

  /** For a later caller: the operator has been told once. */
  withoutCause(): Refusal {
    return new Refusal(this.status, this.message, { headers: this.headers });
  }

  /** The same about a picture inside another one, by the parameter that named it. */
  about(parameter: string): Refusal {
    return new Refusal(this.status, `${parameter}: ${this.message}`, {
      headers: this.headers,
      ...(this.cause === undefined ? {} : { cause: this.cause }),
    });
  }
}

const renderStatus = {
  'not-an-image': 415,
  'too-large': 413,
  'bad-value': 400,
  busy: 503,
  // More work than a picture may cost: asking again would not change that.
  deadline: 422,
  // What takes the decoder down is the picture: the server goes on.
  crashed: 415,
  aborted: 503,
} as const satisfies Record<RenderFailure, number>;

interface OriginAnswer {
  status: number;
  message: string;
  headers?: Record<string, string>;
  /** No news for the operator. */
  expected?: boolean;
}

/** Seconds; a queue of renders is short or was refused. */
const retryAfterSeconds = 2;
const retryAfter = { 'retry-after': String(retryAfterSeconds) };

const busy = { status: 503, message: 'Busy', headers: retryAfter };
const badAnswer = { status: 502, message: 'The origin did not answer as expected' };

/** What may go wrong on the way to the original. Any other code is a fault of ours. */
const originAnswers: { [Code in ErrorCode]?: OriginAnswer } = {
  notFound: { status: 404, message: 'No such picture', expected: true },
  payloadTooLarge: { status: 413, message: 'The original is too large', expected: true },
  originTimeout: { status: 504, message: 'The origin did not answer in time' },
  originFailed: badAnswer,
  endpointRefused: badAnswer,
  unavailable: busy,
  tooManyRequests: busy,
};

const fromAppError = (error: AppError): Refusal => {
  const answer = originAnswers[error.code] ?? { status: 500, message: 'Something went wrong here' };
  const { status, message, headers = {}, expected = false } = answer;
  return new Refusal(status, message, { headers, ...(expected ? {} : { cause: error }) });
};

/** What the caller is told of any error; a `cause` is left where the operator should see it. */
export const refusalOf = (error: unknown): Refusal => {
  if (error instanceof Refusal) return error;
  if (error instanceof BadValue) return new Refusal(400, error.message);
  if (error instanceof RenderError) {
    const status = renderStatus[error.reason];
    const headers =
      status === 503 ? { 'retry-after': String(error.retryAfterSeconds ?? retryAfterSeconds) } : {};
    // Only a crash is news for the operator: the others follow from the picture or from the load.
    return new Refusal(status, error.message, {
      headers,
      ...(error.reason === 'crashed' ? { cause: error } : {}),
    });
  }
  if (error instanceof AppError) return fromAppError(error);
  return new Refusal(500, 'Something went wrong here', { cause: error });
};

/** Does work for a picture inside another one (null: for the picture itself), and names its parameter when that fails. */
export const aboutOverlay = async <T>(parameter: string | null, work: () => Promise<T>): Promise<T> => {
  if (parameter === null) return work();
  try {
    return await work();
  } catch (error) {
    throw refusalOf(error).about(parameter);
  }
};
