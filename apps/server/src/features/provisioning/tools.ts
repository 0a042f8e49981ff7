import type { Connection } from '@windlass/contract';
import type { EndpointGuard } from '../../platform/net/index.ts';
import {
  createBucketAdmin,
  createIamAdmin,
  iamOf,
  type BucketAdmin,
  type IamAdmin,
  type S3Credentials,
} from '../../platform/s3/index.ts';

/** Clients with the administrator's keys, for one run. */
export interface Tools extends Disposable {
  bucket: BucketAdmin;
  /** Null where the provider has no IAM. */
  iam: IamAdmin | null;
}

/** Makes no call yet. Dispose of them when the run is over. */
export const openTools = (
  guard: EndpointGuard,
  connection: Connection,
  credentials: S3Credentials,
): Tools => {
  const bucket = createBucketAdmin({ guard, address: connection, credentials });
  const address = iamOf(connection);
  const iam = address === null ? null : createIamAdmin({ guard, address, credentials });
  return {
    bucket,
    iam,
    [Symbol.dispose]: () => {
      bucket[Symbol.dispose]();
      iam?.[Symbol.dispose]();
    },
  };
};
