import { formatFacts, parameterNames } from '@windlass/images/parameters';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startPictureServer, type PictureServer } from '../../support/picture-server.ts';
import { createRawSender, type RawAnswer } from '../../support/raw-request.ts';
import { imageRequests, type ImageRequest } from './image-requests.ts';
import { fillShelf, imagesHost, type ImageShelf } from './image-shelf.ts';
import { residentBytes, storm } from './storm.ts';

const everyday = 3000;
/** A soak is the same with more of them: `WINDLASS_FUZZ_URLS=50000`. */
const urls = Number(process.env['WINDLASS_FUZZ_URLS'] ?? everyday);
/**
 * As many as are rendered at once, so that the queue of renders never fills and nobody loses patience, however little of
 * the machine is ours: 503 would be an answer under load, and no 5xx is one here.
 */
const inFlight = 2;
const MiB = 1024 * 1024;

let pictures: PictureServer;
let shelf: ImageShelf;

beforeAll(async () => {
  pictures = await startPictureServer({
    WINDLASS_IMAGES_HOST: imagesHost,
    WINDLASS_IMAGES_CHILDREN: String(inFlight),
    // Full long before the memory is first looked at, so that what grows after that is no cache.
    WINDLASS_IMAGES_MEMORY_BYTES: '4MiB',
  });
  shelf = await fillShelf(pictures);
});
afterAll(() => pictures?.[Symbol.asyncDispose]());

const servedTypes = new Set<string>([
  ...Object.values(formatFacts).map(({ contentType }) => contentType),
  // Refusals and placeholders.
  'text/plain; charset=utf-8',
  'image/svg+xml',
]);

/** Whatever is asked for, nothing that comes back may run in a browser, or be taken for something that does. */
const expectHarmless = ({ method }: ImageRequest, { status, headers, bytes }: RawAnswer): void => {
  // What node:http refuses itself has no body to be guessed at.
  if (headers['x-content-type-options'] === undefined) expect([400, 417, 431]).toContain(status);
  else expect(headers['content-security-policy']).toBe("default-src 'none'; sandbox");
  expect(headers['set-cookie']).toBeUndefined();
  if (bytes.byteLength > 0) expect(servedTypes).toContain(headers['content-type']);
  if (method === 'HEAD') expect(bytes.byteLength).toBe(0);
};

test(
  `${urls} image URLs: no 5xx, nothing that runs, no growth of memory`,
  { timeout: 3_600_000 },
  async () => {
    const shown = new Set<string>();
    using sender = createRawSender(pictures.server.imagesUrl, { sockets: inFlight });
    const half = (seed: number) =>
      storm<ImageRequest>({
        requests: imageRequests(shelf),
        count: Math.ceil(urls / 2),
        seed,
        inFlight,
        send: sender.send,
        inspect: (request, answer) => {
          expectHarmless(request, answer);
          if (answer.status === 200) for (const name of request.names) shown.add(name);
        },
      });
    const first = await half(1);
    const before = await residentBytes(pictures.server.url);
    const second = await half(2);
    const after = await residentBytes(pictures.server.url);
    if (urls > everyday) console.info({ first, second, grewBytes: after - before });
    expect(pictures.server.exited).toBe(false);
    // The requests reach the pictures, not only the door: every parameter has been in one, and every kind of answer came.
    expect(parameterNames.filter((name) => !shown.has(name))).toEqual([]);
    expect([...first.keys()]).toEqual(
      expect.arrayContaining([200, 206, 304, 400, 403, 404, 405, 413, 414, 415]),
    );
    expect(after - before).toBeLessThan(32 * MiB);
  },
);
