import { DatabaseError } from 'pg';

/** SQLSTATE 23505 (PostgreSQL, Appendix A). */
const uniqueViolation = '23505';

/**
 * True when a row was refused because of this unique constraint (or unique index).
 *
 * @example if (isUniqueViolation(error, 'sources_name_key')) throw new AppError('nameTaken', …);
 */
export const isUniqueViolation = (error: unknown, constraint: string): boolean =>
  error instanceof DatabaseError && error.code === uniqueViolation && error.constraint === constraint;
