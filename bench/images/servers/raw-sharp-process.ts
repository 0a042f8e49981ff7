import { createServer } from 'node:http';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { encoderSettings } from '@windlass/images';
import sharp from 'sharp';
import { originals, type Original } from '../originals.ts';
import { listenForParent } from './listen.ts';

/** The bound: sharp in the server's own process, originals in memory, our encoder settings, and nothing else: no checks, no isolation. */
sharp.concurrency(1);
sharp.cache(false);
const folder = process.argv[2] ?? '.';
const loaded = new Map<string, Promise<Buffer>>(
  originals.map((original: Original) => [original, readFile(join(folder, original))]),
);
const formats = { jpeg: 'jpeg', webp: 'webp', avif: 'avif' } as const;

const render = async (url: string): Promise<{ format: string; bytes: Buffer }> => {
  const { pathname, searchParams } = new URL(url, 'http://x');
  const format = formats[searchParams.get('format') as keyof typeof formats]; // Our own bench sends no other.
  const bytes = await sharp(await loaded.get(pathname.slice(1)))
    .resize({ width: Number(searchParams.get('width')) })
    .toFormat(format, encoderSettings(format, 80))
    .toBuffer();
  return { format, bytes };
};

const server = createServer((request, response) => {
  render(request.url ?? '/').then(
    ({ format, bytes }) => response.writeHead(200, { 'content-type': `image/${format}` }).end(bytes),
    () => response.writeHead(500).end(),
  );
});
await listenForParent(server);
