import { createHash } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { AppError } from '../../kernel/app-error.ts';
import { canonicalJson } from '../../kernel/canonical-json.ts';

/** The strong ETag of a representation: a hash of what GET answers (RFC 9110 8.8.3). */
export const etagOf = (body: unknown): string =>
  `"${createHash('sha256').update(canonicalJson(body)).digest('base64url').slice(0, 27)}"`;

const tags = (header: string): string[] => header.split(',').map((tag) => tag.trim());

/** If-Match: `*` matches what exists; a weak tag matches nothing (RFC 9110 13.1.1, strong comparison). */
export const ifMatchHolds = (header: string, current: string): boolean =>
  tags(header).some((tag) => tag === '*' || tag === current);

/** If-None-Match for GET: weak comparison (RFC 9110 13.1.2). */
export const ifNoneMatchHits = (header: string, current: string): boolean =>
  tags(header).some((tag) => tag === '*' || tag.replace(/^W\//, '') === current);

/** Guards an edit: 428 without If-Match, 412 when the thing is no longer what the caller saw. */
export const requireMatch = (request: FastifyRequest, current: string): void => {
  const header = request.headers['if-match'];
  if (header === undefined) {
    throw new AppError('preconditionRequired', 'This edit needs If-Match with the ETag that GET answered.');
  }
  if (!ifMatchHolds(header, current)) {
    throw new AppError('preconditionFailed', 'It was changed after you loaded it.', {
      headers: { etag: current },
    });
  }
};
