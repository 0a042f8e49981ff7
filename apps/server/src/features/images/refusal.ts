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
}

const renderStatus = {
  'not-an-image': 415,
  'too-large': 413,
  'bad-value': 400,
  busy: 503,
  deadline: 503,
  crashed: 500,
  aborted: 503,
} as const satisfies Record<RenderFailure, number>;

/** Seconds; a queue of renders is short or was refused. */
const retryAfter = { 'retry-after': '2' };

const fromAppError = (error: AppError): Refusal => {
  switch (error.code) {
    case 'notFound':
      return new Refusal(404, 'No such picture');
    case 'payloadTooLarge':
      return new Refusal(413, 'The original is too large');
    case 'originTimeout':
      return new Refusal(504, 'The bucket did not answer in time', { cause: error });
    case 'originFailed':
    case 'endpointRefused':
      return new Refusal(502, 'The bucket did not answer as expected', { cause: error });
    case 'unavailable':
    case 'tooManyRequests':
      return new Refusal(503, 'Busy', { cause: error, headers: retryAfter });
    default:
      return new Refusal(500, 'Something went wrong here', { cause: error });
  }
};

/** What the caller is told of any error; a `cause` is left where the operator should see it. */
export const refusalOf = (error: unknown): Refusal => {
  if (error instanceof Refusal) return error;
  if (error instanceof BadValue) return new Refusal(400, error.message);
  if (error instanceof RenderError) {
    const status = renderStatus[error.reason];
    const headers = status === 503 ? retryAfter : {};
    // Only a crash is news for the operator: the others follow from the picture or from the load.
    return new Refusal(status, error.message, { headers, ...(status === 500 ? { cause: error } : {}) });
  }
  if (error instanceof AppError) return fromAppError(error);
  return new Refusal(500, 'Something went wrong here', { cause: error });
};
