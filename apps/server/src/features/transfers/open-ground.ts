import { uploadProfileOf, type Bucket, type UploadProfile } from '../../platform/s3/index.ts';
import type { TransferDeps } from './deps.ts';
import type { Grant } from './grant.ts';
import { findPlace, type UploadPlace } from './grant-store.ts';
import { grantInvalid } from './refusals.ts';

/** Where a grant's files go. */
export interface UploadGround {
  bucket: Bucket;
  place: UploadPlace;
  profile: UploadProfile;
}

/** @throws AppError grantInvalid where the connection was deleted, originFailed where it has no credentials yet */
export const openGround = async (
  { db, openBucket }: Pick<TransferDeps, 'db' | 'openBucket'>,
  { teamId, connectionId }: Pick<Grant, 'teamId' | 'connectionId'>,
): Promise<UploadGround> => {
  const place = await findPlace(db, teamId, connectionId);
  if (place === null) throw grantInvalid('The connection that it was for is not there any more.');
  const bucket = await openBucket(teamId, connectionId);
  return { bucket, place, profile: uploadProfileOf(place.provider) };
};
