import type { ErrorCode } from '@windlass/contract';
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod';
import { AppError } from '../../kernel/app-error.ts';

interface Kind {
  code: ErrorCode;
  detail: string;
}

/** Fastify's own errors that a caller can cause (fastify, lib/errors.js), in the words of our catalogue. */
const fastifyErrors: Record<string, Kind> = {
  FST_ERR_BAD_URL: { code: 'invalidRequest', detail: 'The path is not a valid percent-encoded URL.' },
  FST_ERR_MAX_PARAM_LENGTH: { code: 'invalidRequest', detail: 'A part of the path is too long.' },
  FST_ERR_CTP_BODY_TOO_LARGE: { code: 'payloadTooLarge', detail: 'The body is larger than this call takes.' },
  FST_ERR_CTP_INVALID_MEDIA_TYPE: {
    code: 'unsupportedMediaType',
    detail: 'The Content-Type of the body is not application/json.',
  },
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: {
    code: 'malformedBody',
    detail: 'The length of the body is not what Content-Length says.',
  },
  FST_ERR_CTP_INVALID_JSON_BODY: { code: 'malformedBody', detail: 'The body is not valid JSON.' },
};

const statusOf = (error: Error): number | undefined =>
  'statusCode' in error && typeof error.statusCode === 'number' ? error.statusCode : undefined;

const codeOf = (error: Error): string | undefined =>
  'code' in error && typeof error.code === 'string' ? error.code : undefined;

/** Field names without the slashes of JSON Pointer: `limits/maxInputBytes` -> `limits.maxInputBytes`. */
const fieldOf = (context: string, pointer: string): string => {
  const path = pointer
    .split('/')
    .filter((part) => part !== '')
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    .join('.');
  return path === '' ? context : path;
};

/** Whatever was thrown, as an error of the catalogue. What is not known becomes `internal` with its cause kept for the log. */
export const translateError = (error: unknown): AppError => {
  if (error instanceof AppError) return error;
  if (hasZodFastifySchemaValidationErrors(error)) {
    const context = error.validationContext ?? 'body';
    const errors = error.validation.map((issue) => ({
      path: fieldOf(context, issue.instancePath),
      message: issue.message ?? 'is not valid',
    }));
    const where = context === 'querystring' ? 'query' : context === 'params' ? 'path' : context;
    return new AppError('invalidRequest', `The ${where} is not as this call takes it.`, { errors });
  }
  if (error instanceof Error) {
    const known = fastifyErrors[codeOf(error) ?? ''];
    if (known !== undefined) return new AppError(known.code, known.detail, { cause: error });
    // Fastify and its plugins mark with a 4xx what the caller did; their sentences are made for callers.
    const status = statusOf(error);
    if (status === 404)
      return new AppError('notFound', 'There is nothing at this address.', { cause: error });
    if (status === 413) return new AppError('payloadTooLarge', 'The body is too large.', { cause: error });
    if (status !== undefined && status >= 400 && status < 500) {
      return new AppError('invalidRequest', 'The request could not be read.', { cause: error });
    }
  }
  return new AppError('internal', 'The server met an error that it did not expect.', { cause: error });
};
