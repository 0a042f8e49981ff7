import { encodePath } from '../http/percent.ts';
import type { QueryParameters } from '../http/query-parameters.ts';
import { S3Error } from '../s3-error.ts';

export interface ListEncoding {
  /** What EncodingType says in the answer. */
  name: 'url' | undefined;
  encode(text: string): string;
}

/** `encoding-type=url` lets a list name keys that XML cannot hold (AWS: ListObjectsV2). */
export function readListEncoding(query: QueryParameters): ListEncoding {
  const name = query.get('encoding-type');
  if (name === undefined || name === '') return { name: undefined, encode: (text) => text };
  if (name !== 'url') {
    throw new S3Error('InvalidArgument', 'Invalid Encoding Method specified in Request', {
      ArgumentName: 'encoding-type',
      ArgumentValue: name,
    });
  }
  return { name, encode: encodePath };
}
