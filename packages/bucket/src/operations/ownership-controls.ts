import type { Handler } from '../http/call.ts';
import { emptyReply, xmlReply } from '../http/reply.ts';
import { S3Error } from '../s3-error.ts';
import { all, readXml, requiredText } from '../xml/read-xml.ts';

const root = 'OwnershipControls';
const maximumBytes = 16 * 1024;
const enforced = 'BucketOwnerEnforced';
const others: ReadonlySet<string> = new Set(['BucketOwnerPreferred', 'ObjectWriter']);

/**
 * ACLs do nothing here, which S3 calls BucketOwnerEnforced (AWS: Controlling ownership of objects).
 *
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketOwnershipControls.html
 */
export const getOwnershipControls: Handler = async () =>
  xmlReply(root, { Rule: { ObjectOwnership: enforced } });

/** Takes what is so already; an ownership that would bring ACLs back is not built. */
export const putOwnershipControls: Handler = async ({ body }) => {
  const document = readXml((await body.readDocument(maximumBytes)).toString(), root);
  const [rule, ...more] = all(document, 'Rule');
  if (rule === undefined || more.length > 0) throw new S3Error('MalformedXML');
  const ownership = requiredText(rule, 'ObjectOwnership').trim();
  if (others.has(ownership)) throw new S3Error('NotImplemented', undefined, { Header: ownership });
  if (ownership !== enforced) throw new S3Error('MalformedXML');
  return emptyReply(200);
};
