import { ownerOf } from '../http/call.ts';
import type { Handler } from '../http/call.ts';
import { emptyReply, xmlReply } from '../http/reply.ts';
import { S3Error } from '../s3-error.ts';
import { readXml, textOf } from '../xml/read-xml.ts';
import { integerParameter } from './integer-parameter.ts';
import { ownerElement } from './list-objects.ts';
import { refuseUnsupportedHeaders } from './unsupported-headers.ts';

const maximumConfigurationBytes = 64 * 1024;

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListBuckets.html : those of the account, and an owner's own. */
export const listBuckets: Handler = async (call) => {
  const { query, services, verified } = call;
  const ownerId = ownerOf(verified.principal);
  const prefix = query.get('prefix') ?? '';
  const after = query.get('continuation-token') ?? '';
  const size = integerParameter(query, 'max-buckets', { minimum: 1, maximum: 10_000 }) ?? 10_000;
  const matching = services.store
    .listBuckets()
    .filter(
      (bucket) =>
        services.isOwn(verified.principal, bucket) && bucket.name.startsWith(prefix) && bucket.name > after,
    )
    .toSorted((left, right) => (left.name < right.name ? -1 : 1));
  const page = matching.slice(0, size);
  return xmlReply('ListAllMyBucketsResult', {
    Owner: ownerElement(call, ownerId),
    Buckets: {
      Bucket: page.map(({ name, createdAt }) => ({
        Name: name,
        CreationDate: createdAt,
        BucketRegion: services.region,
      })),
    },
    ContinuationToken: matching.length > page.length ? page.at(-1)?.name : undefined,
    Prefix: prefix === '' ? undefined : prefix,
  });
};

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_CreateBucket.html */
export const createBucket: Handler = async ({ bucket, header, body, services, verified }) => {
  refuseUnsupportedHeaders(header);
  if (header('x-amz-bucket-object-lock-enabled')?.toLowerCase() === 'true') {
    throw new S3Error('NotImplemented', undefined, { Header: 'x-amz-bucket-object-lock-enabled' });
  }
  const hasBody =
    header('content-length') !== '0' &&
    (header('content-length') ?? header('transfer-encoding')) !== undefined;
  const document = hasBody ? (await body.readDocument(maximumConfigurationBytes)).toString() : '';
  checkLocation(document, services.region);
  const there = services.store.getBucket(bucket);
  if (there !== undefined && services.isOwn(verified.principal, there)) {
    throw new S3Error('BucketAlreadyOwnedByYou');
  }
  await services.store.createBucket(bucket, ownerOf(verified.principal));
  return emptyReply(200, { location: `/${bucket}` });
};

function checkLocation(document: string, region: string): void {
  if (document.trim() === '') return;
  const location = textOf(readXml(document, 'CreateBucketConfiguration'), 'LocationConstraint');
  if (location !== undefined && location !== '' && location !== region) {
    throw new S3Error(
      'IllegalLocationConstraintException',
      `The ${location} location constraint is incompatible for the region specific endpoint this request was sent to.`,
    );
  }
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteBucket.html */
export const deleteBucket: Handler = async ({ bucket, services }) => {
  await services.store.deleteBucket(bucket);
  return emptyReply(204);
};

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadBucket.html */
export const headBucket: Handler = async () =>
  emptyReply(200, { 'content-type': 'application/xml', 'x-amz-access-point-alias': 'false' });

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketLocation.html : us-east-1 is written as nothing. */
export const getBucketLocation: Handler = async ({ services }) =>
  xmlReply('LocationConstraint', services.region === 'us-east-1' ? undefined : services.region);
