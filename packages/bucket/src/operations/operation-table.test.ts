import { requiredActions } from '@windlass/policy';
import { describe, expect, test } from 'vitest';
import { operations } from './operation-table.ts';

const call = { bucket: 'photos', key: 'key', source: { bucket: 'photos', key: 'source' } };

/** These ask by themselves, because the question depends on the body or on the upload. */
const askedByHandlers = ['DeleteObjects', 'PostObject', 'ListParts', 'AbortMultipartUpload'];

describe('each operation', () => {
  test.each(operations.filter(({ action }) => action !== null))(
    '$name is allowed by the action that the policy studio says',
    ({ name, action, createsObject }) => {
      const needed = requiredActions({ operation: name, ...call });
      const own = needed.find((each) => each.action === action);
      expect(own).toBeDefined();
      expect(own?.context['s3:ObjectCreationOperation']).toBe(
        createsObject === undefined ? undefined : String(createsObject),
      );
    },
  );

  test('that has no action in the table is one that asks by itself', () => {
    expect(
      operations
        .filter(({ action }) => action === null)
        .map(({ name }) => name)
        .toSorted(),
    ).toEqual(askedByHandlers.toSorted());
  });
});
