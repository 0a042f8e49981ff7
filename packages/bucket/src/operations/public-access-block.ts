import type { PublicAccessBlock } from '../iam/bucket-iam.ts';
import type { Handler } from '../http/call.ts';
import { emptyReply, xmlReply } from '../http/reply.ts';
import { S3Error } from '../s3-error.ts';
import { readXml, textOf } from '../xml/read-xml.ts';
import type { XmlElement } from '../xml/read-xml.ts';
import { writeXml } from '../xml/write-xml.ts';
import type { XmlElements } from '../xml/write-xml.ts';

const root = 'PublicAccessBlockConfiguration';
const maximumBytes = 16 * 1024;

/** Throws MalformedXML. What is left out is off (AWS: PublicAccessBlockConfiguration). */
export function parsePublicAccessBlock(text: string): PublicAccessBlock {
  const element = readXml(text, root);
  return {
    blockPublicAcls: flag(element, 'BlockPublicAcls'),
    ignorePublicAcls: flag(element, 'IgnorePublicAcls'),
    blockPublicPolicy: flag(element, 'BlockPublicPolicy'),
    restrictPublicBuckets: flag(element, 'RestrictPublicBuckets'),
  };
}

function flag(element: XmlElement, name: string): boolean {
  const text = textOf(element, name)?.trim().toLowerCase() ?? 'false';
  if (text !== 'true' && text !== 'false') throw new S3Error('MalformedXML');
  return text === 'true';
}

const elements = (block: PublicAccessBlock): XmlElements => ({
  BlockPublicAcls: block.blockPublicAcls,
  IgnorePublicAcls: block.ignorePublicAcls,
  BlockPublicPolicy: block.blockPublicPolicy,
  RestrictPublicBuckets: block.restrictPublicBuckets,
});

export const writePublicAccessBlock = (block: PublicAccessBlock): string => writeXml(root, elements(block));

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetPublicAccessBlock.html and its siblings */
export const getPublicAccessBlock: Handler = async ({ services, bucket }) => {
  const block = services.documents.publicAccessBlock(bucket);
  if (block === undefined)
    throw new S3Error('NoSuchPublicAccessBlockConfiguration', undefined, { BucketName: bucket });
  return xmlReply(root, elements(block));
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
