import { checkBodyClaims, claimedAlgorithms } from '../body/body-claims.ts';
import { ownerOf } from '../http/call.ts';
import type { Handler } from '../http/call.ts';
import { emptyReply, quoted } from '../http/reply.ts';
import { checksumHeaders, expirationOf, readContentHeaders, readMetadata } from './object-headers.ts';
import { refuseUnsupportedHeaders } from './unsupported-headers.ts';
import { authorizeComparison, readWriteCondition } from './write-condition.ts';

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObject.html */
export const putObject: Handler = async (call) => {
  const { bucket, key, header, body, services, verified } = call;
  refuseUnsupportedHeaders(header);
  if (header('x-amz-acl') !== undefined) call.authorize('s3:PutObjectAcl');
  const condition = readWriteCondition(header);
  authorizeComparison(call, condition.ifMatch);
  const headers = readContentHeaders(header);
  const metadata = readMetadata(call.metadataFields());
  const { claims } = body;
  const record = await services.store.putObject({
    bucket,
    key,
    body: body.open(),
    headers,
    metadata,
    ownerId: ownerOf(verified.principal),
    condition,
    algorithms: claimedAlgorithms(claims),
    verify: (found) => checkBodyClaims(claims, found, body.trailers()),
  });
  return emptyReply(200, {
    etag: quoted(record.etag),
    ...checksumHeaders(record),
    'x-amz-expiration': expirationOf(services, bucket, record),
  });
};
