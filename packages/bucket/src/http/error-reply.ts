import { S3Error } from '../s3-error.ts';
import { writeErrorXml } from '../xml/write-xml.ts';
import type { Reply } from './reply.ts';

/** AWS: REST error responses. What is no S3Error is the server's own fault and says nothing of itself. */
export function toS3Error(error: unknown): S3Error {
  return error instanceof S3Error ? error : new S3Error('InternalError', undefined, {}, error);
}

export function errorReply(
  error: S3Error,
  facts: { resource: string; requestId: string; hostId: string },
): Reply {
  const body = writeErrorXml({
    Code: error.code,
    Message: error.message,
    ...error.extra,
    Resource: facts.resource,
    RequestId: facts.requestId,
    HostId: facts.hostId,
  });
  return {
    status: error.status,
    headers: { 'content-type': 'application/xml' },
    body: Buffer.from(body),
  };
}
