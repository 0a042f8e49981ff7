import type { QueryParameters } from '../http/query-parameters.ts';
import { S3Error } from '../s3-error.ts';

/** A whole number in the query; undefined when it is absent. Throws InvalidArgument. */
export function integerParameter(
  query: QueryParameters,
  name: string,
  { minimum, maximum }: { minimum: number; maximum: number },
): number | undefined {
  const text = query.get(name);
  if (text === undefined || text === '') return undefined;
  const number = /^\d{1,10}$/.test(text) ? Number(text) : Number.NaN;
  if (!(number >= minimum && number <= maximum)) {
    throw new S3Error('InvalidArgument', `${name} must be an integer between ${minimum} and ${maximum}.`, {
      ArgumentName: name,
      ArgumentValue: text,
    });
  }
  return number;
}
