import { operations } from '@windlass/policy';
import { expect, it } from 'vitest';
import { callGroups } from './calls.ts';

it('offers every operation of S3 once', () => {
  const offered = callGroups.flatMap(({ items }) => items);
  expect(offered.toSorted()).toEqual(operations.map(({ name }) => name).toSorted());
});
