import type { Reply } from '../http/reply.ts';
import type { IamError } from '../iam/iam-error.ts';
import { writeXml } from '../xml/write-xml.ts';
import type { XmlContent } from '../xml/write-xml.ts';
import { queryServices } from './query-call.ts';
import type { QueryService } from './query-call.ts';

const reply = (status: number, root: string, content: XmlContent, namespace: string): Reply => ({
  status,
  headers: { 'content-type': 'text/xml' },
  body: Buffer.from(writeXml(root, content, namespace)),
});

/** `<NAMEResponse><NAMEResult>…` (AWS: IAM Query API, "Understanding the response"). */
export const queryReply = (
  service: QueryService,
  action: string,
  result: XmlContent,
  requestId: string,
): Reply =>
  reply(
    200,
    `${action}Response`,
    { [`${action}Result`]: result, ResponseMetadata: { RequestId: requestId } },
    queryServices[service].namespace,
  );

export const queryErrorReply = (service: QueryService, error: IamError, requestId: string): Reply =>
  reply(
    error.status,
    'ErrorResponse',
    {
      Error: { Type: error.status < 500 ? 'Sender' : 'Receiver', Code: error.code, Message: error.message },
      RequestId: requestId,
    },
    queryServices[service].namespace,
  );
