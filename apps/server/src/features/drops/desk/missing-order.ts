import { AppError } from '../../../kernel/app-error.ts';

/** To people of the team: of an order that never was, one that is gone and another team's, the same. */
export const noSuchOrder = (): never => {
  throw new AppError('notFound', 'There is no such order in this team.');
};
