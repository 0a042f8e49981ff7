import {
  Agent as HttpAgent,
  request as httpRequest,
  type ClientRequest,
  type IncomingMessage,
} from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { createCrc64Nvme, type Crc64, type SendPart } from '@windlass/transfer';
import type { ChunkPool } from './chunk-pool.ts';
import type { FileRange } from './file-range.ts';

const maxAnswerBytes = 64 * 1024;
const maxSockets = 16;

/**
 * Sends ranges of files with Node's own HTTP client, over connections that are kept: `fetch` reads a body in small pieces and
 * costs about twice as much. CRC-64/NVME is computed of the bytes as they pass.
 */
export const createNodeSender = (chunks: ChunkPool): SendPart<FileRange> & { close(): void } => {
  const agents = {
    'http:': new HttpAgent({ keepAlive: true, maxSockets }),
    'https:': new HttpsAgent({ keepAlive: true, maxSockets }),
  };

  const send: SendPart<FileRange> = async ({ method, url, headers }, body, options) => {
    const { signal, onProgress } = options;
    signal.throwIfAborted();
    const address = new URL(url);
    const secure = address.protocol === 'https:';
    const request = (secure ? httpsRequest : httpRequest)(address, {
      method,
      agent: agents[secure ? 'https:' : 'http:'],
      headers: { ...headers, 'content-length': body.size },
    });
    // A request that waits for a socket hears nothing of its end before it has one.
    const given = Promise.withResolvers<never>();
    given.promise.catch(() => {});
    const stop = (): void => {
      given.reject(signal.reason);
      request.destroy(new Error('The request was given up.', { cause: signal.reason }));
    };
    signal.addEventListener('abort', stop, { once: true });
    const answer = new Promise<IncomingMessage>((resolve, reject) => {
      request.once('response', resolve);
      request.once('error', reject);
    });
    const crc = options.crc64nvme ? createCrc64Nvme() : null;
    const sent = writeBody(body, request, { chunks, crc, onProgress, givenUp: given.promise });
    try {
      // A refusal may come while the body is still going out; then the answer says more than the broken pipe.
      const response = await Promise.race([answer, sent.then(() => answer), given.promise]);
      const bodyText = await readText(response);
      return {
        status: response.statusCode ?? 0,
        etag: response.headers.etag ?? null,
        retryAfterMs: retryAfter(response.headers['retry-after']),
        bodyText,
        ...(crc === null ? {} : { crc64nvme: Buffer.from(crc.digest()).toString('base64') }),
      };
    } catch (error) {
      signal.throwIfAborted();
      throw error;
    } finally {
      signal.removeEventListener('abort', stop);
      sent.catch(() => {});
      answer.catch(() => {});
      if (!request.writableFinished) request.destroy();
    }
  };

  return Object.assign(send, {
    close: () => {
      agents['http:'].destroy();
      agents['https:'].destroy();
    },
  });
};

interface BodyOptions {
  chunks: ChunkPool;
  crc: Crc64 | null;
  onProgress: (bytes: number) => void;
  /** Rejects when nobody wants the answer any more. */
  givenUp: Promise<never>;
}

/** One chunk is read while the one before goes out. */
const writeBody = async (
  body: FileRange,
  request: ClientRequest,
  { chunks, crc, onProgress, givenUp }: BodyOptions,
): Promise<void> => {
  using reader = await body.open();
  let [chunk, other] = [chunks.take(), chunks.take()];
  try {
    let flushed: Promise<void> = Promise.resolve();
    for (let sent = 0; sent < body.size;) {
      const bytes = await reader.read(chunk, sent);
      crc?.update(bytes);
      await Promise.race([flushed, givenUp]);
      flushed = write(request, bytes);
      // Awaited in the next turn; until then it is nobody's failure.
      flushed.catch(() => {});
      [chunk, other] = [other, chunk];
      sent += bytes.byteLength;
      onProgress(sent);
    }
    await Promise.race([flushed, givenUp]);
    request.end();
  } catch (error) {
    // The chunks are not given back: the socket may still hold them.
    request.destroy();
    throw error;
  }
  chunks.giveBack(chunk);
  chunks.giveBack(other);
};

/** Resolves when the bytes have left this process, and their memory may be used again. */
const write = (request: ClientRequest, bytes: Uint8Array): Promise<void> =>
  new Promise((resolve, reject) => {
    request.write(bytes, (error) => (error ? reject(error) : resolve()));
  });

/** At most `maxAnswerBytes` are kept; the rest is read, so that the connection can be used again. */
const readText = async (response: IncomingMessage): Promise<string> => {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of response) {
    // Without an encoding an answer's chunks are buffers.
    const buffer = chunk as Buffer;
    if (bytes < maxAnswerBytes) chunks.push(buffer.subarray(0, maxAnswerBytes - bytes));
    bytes += buffer.byteLength;
  }
  return Buffer.concat(chunks).toString('utf8');
};

/** RFC 9110 10.2.3, in its form of seconds; a date is left to our own back-off. */
const retryAfter = (header: string | undefined): number | null =>
  header !== undefined && /^\d{1,5}$/.test(header) ? Number(header) * 1000 : null;
