import type { Handler } from '../http/call.ts';
import { emptyReply, xmlReply } from '../http/reply.ts';
import { S3Error } from '../s3-error.ts';
import {
  parsePublicAccessBlock,
  publicAccessBlockElements,
  publicAccessBlockRoot,
  writePublicAccessBlock,
} from './public-access-document.ts';

const maximumBytes = 16 * 1024;

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetPublicAccessBlock.html and its siblings */
export const getPublicAccessBlock: Handler = async ({ services, bucket }) => {
  const block = services.documents.publicAccessBlock(bucket);
  if (block === undefined)
    throw new S3Error('NoSuchPublicAccessBlockConfiguration', undefined, { BucketName: bucket });
  return xmlReply(publicAccessBlockRoot, publicAccessBlockElements(block));
};

export const putPublicAccessBlock: Handler = async ({ services, bucket, body }) => {
  const block = parsePublicAccessBlock((await body.readDocument(maximumBytes)).toString());
  await services.store.putDocument(bucket, 'publicAccessBlock', writePublicAccessBlock(block));
  return emptyReply(200);
};

export const deletePublicAccessBlock: Handler = async ({ services, bucket }) => {
  await services.store.putDocument(bucket, 'publicAccessBlock', undefined);
  return emptyReply(204);
};
