import type { ObjectRecord, ObjectStore } from '../store.ts';

/** `x-amz-expiration`: when a lifecycle rule will remove the object, and which. Undefined when none will. */
export function expirationHeader(
  _store: ObjectStore,
  _bucket: string,
  _record: ObjectRecord,
): string | undefined {
  return undefined;
}
