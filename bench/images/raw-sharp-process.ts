import { createServer } from 'node:http';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { encoderSettings } from '@windlass/images';
import sharp from 'sharp';

/** The bound: sharp in the server's own process with our encoder settings, and nothing else: no checks, no isolation. */
sharp.concurrency(1);
sharp.cache(false);
const folder = process.argv[2] ?? '.';
const originals = {
  jpg: await readFile(join(folder, 'photo-0.jpg')),
  png: await readFile(join(folder, 'photo-0.png')),
};

const formats: Readonly<Record<string, 'jpeg' | 'webp' | 'avif'>> = { jpeg: 'jpeg', webp: 'webp', avif: 'avif' };

const server = createServer((request, response) => {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://x');
  const format = formats[searchParams.get('format') ?? ''] ?? 'jpeg';
  const settings = encoderSettings(format, 80);
  sharp(pathname.endsWith('.png') ? originals.png : originals.jpg)
    .resize({ width: Number(searchParams.get('width')) })
    .toFormat(format, settings)
    .toBuffer()
    .then(
      (bytes) => response.writeHead(200, { 'content-type': `image/${format}` }).end(bytes),
      () => response.writeHead(500).end(),
    );
});
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  process.send?.({ port: typeof address === 'object' ? address?.port : undefined });
});
process.once('disconnect', () => process.exit());
