import { errorCatalogue, type ErrorCode } from '@windlass/contract';

interface AppErrorOptions {
  cause?: unknown;
  /** Which field of the request is wrong, as the caller wrote it. */
  errors?: { path: string; message: string }[];
  /** Response headers that belong to the error, e.g. Retry-After. */
  headers?: Record<string, string>;
}

/**
 * An error with a stable code out of the one catalogue. `detail` is shown to the caller: no secret, no stack.
 *
 * @example throw new AppError('notFound', 'There is no such connection in this team.')
 */
export class AppError extends Error {
  override readonly name = 'AppError';
  readonly code: ErrorCode;
  readonly status: number;
  readonly errors: { path: string; message: string }[] | undefined;
  readonly headers: Record<string, string>;

  constructor(code: ErrorCode, detail: string, options: AppErrorOptions = {}) {
    super(detail, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.status = errorCatalogue[code].status;
    this.errors = options.errors;
    this.headers = options.headers ?? {};
  }
}
