import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { basename, join } from 'node:path';
import { listenForParent } from './listen.ts';

/** A web folder: `/N/photo.jpg` is `photo.jpg` for every N. */
const folder = process.argv[2] ?? '.';
const send = async ({ url = '/', method }: IncomingMessage, response: ServerResponse): Promise<void> => {
  const file = join(folder, basename(new URL(url, 'http://x').pathname));
  const facts = await stat(file).catch(() => null);
  if (facts === null) {
    response.writeHead(404).end();
    return;
  }
  response.writeHead(200, { 'content-length': facts.size, etag: `"${facts.size}"` });
  if (method === 'HEAD') response.end();
  else createReadStream(file).pipe(response);
};
await listenForParent(createServer((request, response) => void send(request, response)));
