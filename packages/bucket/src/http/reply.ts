import type { Readable } from 'node:stream';
import { writeXml } from '../xml/write-xml.ts';
import type { XmlContent } from '../xml/write-xml.ts';

/** An answer before it is on the wire. Header values are one character per byte; undefined leaves a header out. */
export interface Reply {
  status: number;
  headers: Record<string, string | undefined>;
  body?: Buffer | Readable;
}

export function xmlReply(root: string, content: XmlContent, headers: Reply['headers'] = {}): Reply {
  const body = Buffer.from(writeXml(root, content));
  return { status: 200, headers: { 'content-type': 'application/xml', ...headers }, body };
}

export const emptyReply = (status = 200, headers: Reply['headers'] = {}): Reply => ({ status, headers });

export const quoted = (etag: string): string => `"${etag}"`;
