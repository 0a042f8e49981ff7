import { AppError } from '../../kernel/app-error.ts';

export const missingSource = (): never => {
  throw new AppError('notFound', 'There is no such source in this team.');
};

/** @param field of the request that names it */
export const missingConnection = (field: 'connectionId' | 'cacheConnectionId'): never => {
  throw new AppError('notFound', 'There is no such connection in this team.', {
    errors: [{ path: field, message: 'is not a connection of this team' }],
  });
};
