import { AppError } from '../../kernel/app-error.ts';

/** @throws AppError notFound, also for another team's */
export const missingWebhook = (): never => {
  throw new AppError('notFound', 'There is no such webhook in this team.');
};
