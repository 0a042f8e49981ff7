import type { Handler } from '../http/call.ts';
import { emptyReply } from '../http/reply.ts';
import { refuseVersions } from './version-id.ts';
import { authorizeComparison, bareEtag } from './write-condition.ts';

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObject.html : a missing key is deleted already. */
export const deleteObject: Handler = async (call) => {
  refuseVersions(call);
  const ifMatch = call.header('if-match');
  authorizeComparison(call, ifMatch?.trim());
  await call.services.store.deleteObject(call.bucket, call.key, {
    ifMatch: ifMatch === undefined ? undefined : bareEtag(ifMatch),
  });
  return emptyReply(204);
};
