import { actionFacts } from '../facts/action-facts.ts';
import type { RequestContext } from '../evaluate/access-request.ts';
import type { ApiCall } from './api-call.ts';
import type { Operation } from './operations.ts';

/** Parameters and headers of a call by their names in lower case; a POST form calls two of them otherwise. */
export const readParameters = (call: ApiCall): ReadonlyMap<string, string> =>
  new Map(
    Object.entries(call.parameters ?? {}).map(([name, value]) => {
      const folded = name.toLowerCase();
      return [folded === 'acl' || folded === 'tagging' ? `x-amz-${folded}` : folded, value];
    }),
  );

/** Tags as the header sends them, `key=value&key=value` in URL encoding. */
const readTags = (header: string): [string, string][] => [...new URLSearchParams(header)];

/** S3 names these keys without the beginning of their headers. */
const keyOf = (parameter: string): string =>
  `s3:${parameter.startsWith('x-amz-object-lock-') ? parameter.slice('x-amz-'.length) : parameter}`;

/** S3 returns, and asks policies about, this many keys where a list names no number. */
const defaultMaxKeys = '1000';

/** Steps of an upload in parts that make no object yet, so that a policy can ask for `If-None-Match` without stopping them. */
const makesNoObject = new Set(['CreateMultipartUpload', 'UploadPart', 'UploadPartCopy']);

/**
 * Condition keys that a call brings along, as far as the action has them.
 *
 * Sources: https://docs.aws.amazon.com/AmazonS3/latest/userguide/amazon-s3-policy-keys.html,
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes-enforce.html
 */
export const callContext = (
  call: ApiCall,
  operation: Operation,
  action: string,
  parameters: ReadonlyMap<string, string>,
): RequestContext => {
  const known = new Set((actionFacts(action)?.conditionKeys ?? []).map((key) => key.toLowerCase()));
  const context: Record<string, string | readonly string[]> = {};
  for (const [parameter, value] of parameters)
    if (known.has(keyOf(parameter))) context[keyOf(parameter)] = value;
  if (known.has('s3:max-keys') && operation.name !== 'HeadBucket') context['s3:max-keys'] ??= defaultMaxKeys;
  if (known.has('s3:objectcreationoperation'))
    context['s3:ObjectCreationOperation'] = String(!makesNoObject.has(operation.name));
  if (call.source !== undefined && known.has('s3:x-amz-copy-source'))
    context['s3:x-amz-copy-source'] = `${call.source.bucket}/${call.source.key}`;
  const tags = known.has('s3:requestobjecttagkeys') ? readTags(parameters.get('x-amz-tagging') ?? '') : [];
  if (tags.length > 0) context['s3:RequestObjectTagKeys'] = tags.map(([key]) => key);
  for (const [key, value] of tags) context[`s3:RequestObjectTag/${key}`] = value;
  return context;
};
