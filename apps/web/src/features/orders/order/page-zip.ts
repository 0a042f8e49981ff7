import type { OrderFile, OrderFileId } from '@windlass/contract';

/** What a browser holds in memory where it cannot stream to a file: more than this belongs to the server's link. */
export const mostInMemoryBytes = 1_000_000_000;

interface PageZipDeps {
  urlOf: (id: OrderFileId) => Promise<string>;
  /** Told after each chunk how many bytes of files came in. */
  onBytes: (bytes: number) => void;
  signal: AbortSignal;
}

/** One file could not be fetched: the zip would lack it, so there is none. */
export class FileNotFetched extends Error {
  constructor(name: string, why: string, options?: ErrorOptions) {
    super(`${name} could not be fetched: ${why}`, options);
    this.name = 'FileNotFetched';
  }
}

/**
 * Names inside the zip: below the order's prefix as in the bucket, where no two are alike.
 *
 * @example nameInZip({ key: 'lab/orders/26-00042/IMG_1.jpg', name: 'IMG_1.jpg' }, 'lab/orders/26-00042/') // 'IMG_1.jpg'
 */
export const nameInZip = ({ key, name }: Pick<OrderFile, 'key' | 'name'>, prefix: string): string =>
  key.startsWith(prefix) && key.length > prefix.length ? key.slice(prefix.length) : name;

/** Fetches one after another, as the zip asks for them: nothing is read ahead of what is written. */
export async function* filesToZip(
  files: readonly OrderFile[],
  prefix: string,
  { urlOf, onBytes, signal }: PageZipDeps,
) {
  for (const file of files) {
    let response: Response;
    try {
      response = await fetch(await urlOf(file.id), { credentials: 'omit', signal });
    } catch (error) {
      if (signal.aborted) throw error;
      throw new FileNotFetched(
        file.name,
        'the bucket’s CORS rules do not let this page read. Use the server’s zip, or add GET to the rules.',
        { cause: error },
      );
    }
    if (!response.ok || response.body === null)
      throw new FileNotFetched(file.name, `the bucket answered ${response.status}.`);
    const counted = response.body.pipeThrough(
      new TransformStream<Uint8Array, Uint8Array>({
        transform: (chunk, controller) => {
          onBytes(chunk.byteLength);
          controller.enqueue(chunk);
        },
      }),
    );
    yield { name: nameInZip(file, prefix), input: counted, size: file.size };
  }
}
