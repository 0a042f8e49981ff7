import type { FormField } from '@windlass/contract';
import { AppError } from '../../../kernel/app-error.ts';

interface Fault {
  name: string;
  message: string;
}

const backwards = (min: number | string | null, max: number | string | null): boolean =>
  min !== null && max !== null && min > max;

/** What no answer could satisfy, or what two choices share; the schema cannot see it. */
const faultsOf = (field: FormField): Fault[] => {
  switch (field.kind) {
    case 'choice': {
      const values = field.options.map(({ value }) => value);
      return new Set(values).size === values.length
        ? []
        : [{ name: 'options', message: 'has two choices of one value' }];
    }
    case 'number': {
      const { min, max, initial } = field;
      const outside = initial !== null && (backwards(min, initial) || backwards(initial, max));
      return [
        ...(backwards(min, max) ? [{ name: 'max', message: 'is less than min' }] : []),
        ...(outside ? [{ name: 'initial', message: 'is outside of min and max' }] : []),
      ];
    }
    case 'date':
      return backwards(field.min, field.max) ? [{ name: 'max', message: 'is before min' }] : [];
    case 'text':
    case 'email':
      return [];
  }
};

/** @throws AppError invalidRequest for a form that nobody could fill in */
export const requireForm = (fields: readonly FormField[]): void => {
  const errors = fields.flatMap((field, at) =>
    faultsOf(field).map(({ name, message }) => ({ path: `fields.${at}.${name}`, message })),
  );
  if (errors.length > 0)
    throw new AppError('invalidRequest', 'The form has questions that nobody can answer.', { errors });
};
