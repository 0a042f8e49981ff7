import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createRenderPool } from '@windlass/images';
import { sourceLimits } from '@windlass/contract';
import { createImagesServer } from '../../apps/server/src/features/images/index.ts';
import { newId } from '../../apps/server/src/kernel/new-id.ts';

/** The product's own listener, limits and pool of children; only the bucket is a folder read whole into memory. */
const folder = process.argv[2] ?? '.';
const originals = new Map<string, Promise<Uint8Array>>();
const original = (key: string): Promise<Uint8Array> => {
  const kind = key.endsWith('.png') ? 'photo-0.png' : 'photo-0.jpg';
  const bytes = originals.get(kind) ?? readFile(join(folder, kind));
  originals.set(kind, bytes);
  return bytes;
};
const facts = { contentType: null, etag: '"1"', lastModified: new Date(0) };
const ids = { sourceId: newId('src'), teamId: newId('team'), connectionId: newId('con') };

const pool = createRenderPool();
const server = await createImagesServer({
  host: '127.0.0.1',
  port: 0,
  imagesHost: null,
  pool,
  clock: { now: () => new Date() },
  resolveSource: async (name) => ({
    ...ids,
    name,
    prefix: '',
    signingKeys: null,
    defaultParameters: '',
    limits: sourceLimits.parse({}),
    maxAgeSeconds: 60,
    version: '1',
  }),
  openBucket: async () => ({
    getObject: async (key) => ({ bytes: await original(key), ...facts }),
    headObject: async (key) => ({ size: (await original(key)).byteLength, ...facts }),
    listObjects: async () => ({ objects: [], next: null }),
  }),
  observe: () => undefined,
  log: console,
});
process.send?.({ port: server.port });
process.once('disconnect', () => process.exit());
