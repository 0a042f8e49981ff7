import { setImmediate as turn } from 'node:timers/promises';
import type { Call, Handler } from '../http/call.ts';
import { checkedKey } from '../http/request-target.ts';
import { xmlReply } from '../http/reply.ts';
import { toS3Error } from '../http/error-reply.ts';
import { S3Error } from '../s3-error.ts';
import { all, readXml, requiredText, textOf } from '../xml/read-xml.ts';
import type { XmlElements } from '../xml/write-xml.ts';
import { refuseVersion } from './version-id.ts';
import { authorizeComparison, bareEtag } from './write-condition.ts';

const maximumKeys = 1000;
/** A thousand keys of 1,024 bytes, each character written as a reference. */
const maximumBytes = 8 * 1024 * 1024;
/** A long policy takes a millisecond for each key: other requests have their turn after so many. */
const keysInARow = 20;

interface Asked {
  key: string;
  versionId: string | undefined;
  etag: string | undefined;
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObjects.html : each key is authorised and answered by itself. */
export const deleteObjects: Handler = async (call) => {
  const root = readXml((await call.body.readDocument(maximumBytes)).toString(), 'Delete');
  const quiet = textOf(root, 'Quiet')?.trim().toLowerCase() === 'true';
  const asked = all(root, 'Object').map((element) => ({
    key: requiredText(element, 'Key'),
    versionId: textOf(element, 'VersionId'),
    etag: textOf(element, 'ETag'),
  }));
  if (asked.length === 0 || asked.length > maximumKeys) throw new S3Error('MalformedXML');
  const deleted: XmlElements[] = [];
  const failed: XmlElements[] = [];
  for (const [index, each] of asked.entries()) {
    if (index % keysInARow === keysInARow - 1) await turn();
    const error = await deleteOne(call, each);
    if (error === undefined) deleted.push({ Key: each.key });
    else failed.push({ Key: each.key, Code: error.code, Message: error.message });
  }
  return xmlReply('DeleteResult', { Deleted: quiet ? [] : deleted, Error: failed });
};

async function deleteOne(call: Call, { key, versionId, etag }: Asked): Promise<S3Error | undefined> {
  try {
    if (checkedKey(key) === undefined) throw new S3Error('UserKeyMustBeSpecified');
    call.authorize('s3:DeleteObject', { key, context: etag === undefined ? {} : { 's3:if-match': etag } });
    authorizeComparison(call, etag?.trim(), { key });
    refuseVersion(versionId);
    await call.services.store.deleteObject(call.bucket, key, {
      ifMatch: etag === undefined ? undefined : bareEtag(etag),
    });
    return undefined;
  } catch (cause) {
    const error = toS3Error(cause);
    // A fault of the server is not one key's answer: it ends the call and is logged with its cause.
    if (error.code === 'InternalError') throw error;
    return error;
  }
}
