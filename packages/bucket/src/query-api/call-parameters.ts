import type { QueryParameters } from '../http/query-parameters.ts';
import { IamError } from '../iam/iam-error.ts';

/** The parameters of a call in the Query protocol, from its form body or its query. */
export interface CallParameters {
  /** Throws MalformedQueryString when it is given twice. */
  optional(name: string): string | undefined;
  /** Throws ValidationError, with AWS's words, when it is not there. */
  required(name: string): string;
  /** Throws ValidationError when it is no whole number. */
  integer(name: string): number | undefined;
  /** `NAME.member.1`, `NAME.member.2`, … up to the first gap. */
  list(name: string): string[];
}

export const createCallParameters = (query: Pick<QueryParameters, 'get'>): CallParameters => {
  const optional = (name: string): string | undefined => query.get(name);

  const required = (name: string): string => {
    const value = optional(name);
    if (value !== undefined && value !== '') return value;
    const field = `${name.charAt(0).toLowerCase()}${name.slice(1)}`;
    throw new IamError(
      'ValidationError',
      `1 validation error detected: Value at '${field}' failed to satisfy constraint: Member must not be null`,
    );
  };

  const integer = (name: string): number | undefined => {
    const text = optional(name);
    if (text === undefined) return undefined;
    if (!/^\d{1,9}$/.test(text)) throw new IamError('ValidationError', `${name} must be a whole number.`);
    return Number(text);
  };

  const list = (name: string): string[] => {
    const values: string[] = [];
    for (let index = 1; ; index++) {
      const value = optional(`${name}.member.${index}`);
      if (value === undefined) return values;
      values.push(value);
    }
  };

  return { optional, required, integer, list };
};
