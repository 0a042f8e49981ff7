import { splitArn } from '../match/arn.ts';
import { isStar, matchesArn } from '../match/arn-pattern.ts';
import { matchesGlob } from '../match/glob.ts';
import type { Expand } from '../match/policy-variables.ts';
import type { RequestView } from './request-view.ts';

/**
 * Actions without a resource (ListBuckets) ask about `*`. AWS's own examples grant them on `arn:aws:s3:::*` too: what
 * reaches everything of the service reaches them.
 *
 * Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/example-policies-s3.html
 */
const reachesAllOf = (pattern: string, service: string): boolean => {
  const fields = splitArn(pattern);
  return fields !== null && matchesGlob(fields[2] ?? '', service) && isStar(fields[5] ?? '');
};

/** Whether one value of a `Resource` or `NotResource` element covers the resource of the request. */
export const coversResource = (pattern: string, view: RequestView, expand: Expand): boolean =>
  matchesArn(pattern, view.resourceFields, expand) ||
  (view.resource === '*' &&
    reachesAllOf(pattern, view.foldedAction.slice(0, view.foldedAction.indexOf(':'))));
