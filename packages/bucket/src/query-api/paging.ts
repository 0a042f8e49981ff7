import { IamError } from '../iam/iam-error.ts';
import type { XmlContent, XmlElements } from '../xml/write-xml.ts';
import type { CallParameters } from './call-parameters.ts';

const largestPage = 1000;
const defaultPage = 100;

/**
 * One page of a list, in IAM's form: `<NAME><member>…</member></NAME><IsTruncated>`. The marker is the place in the list
 * from which the next page goes on.
 */
export function pageOf<Entry>(
  parameters: CallParameters,
  name: string,
  all: readonly Entry[],
  present: (entry: Entry) => XmlContent,
): XmlElements {
  const size = parameters.integer('MaxItems') ?? defaultPage;
  if (size < 1 || size > largestPage) {
    throw new IamError('ValidationError', `MaxItems must be between 1 and ${largestPage}.`);
  }
  const marker = parameters.optional('Marker');
  if (marker !== undefined && !/^\d{1,9}$/.test(marker))
    throw new IamError('ValidationError', 'Invalid Marker.');
  const start = Number(marker ?? 0);
  const end = start + size;
  const truncated = end < all.length;
  return {
    [name]: { member: all.slice(start, end).map(present) },
    IsTruncated: truncated,
    Marker: truncated ? String(end) : undefined,
  };
}
