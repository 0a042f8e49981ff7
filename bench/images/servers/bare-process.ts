import { createServer } from 'node:http';
import { readFile } from 'node:fs/promises';
import { listenForParent } from './listen.ts';

/** As little as node:http can do: the bytes of a file with two headers, or a 304 for whoever has an ETag. */
const bytes = await readFile(process.argv[2] ?? '');
const headers = { 'content-type': 'image/webp', 'content-length': bytes.byteLength };
const server = createServer((request, response) => {
  if (request.headers['if-none-match'] === undefined) response.writeHead(200, headers).end(bytes);
  else response.writeHead(304).end();
});
await listenForParent(server);
