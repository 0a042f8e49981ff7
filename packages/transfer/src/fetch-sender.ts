import { retryAfterMsOf } from './back-off.ts';
import { encodeBase64 } from './base64.ts';
import { crc64OfBody } from './crc-of-body.ts';
import { createCrc64Nvme } from './crc64-nvme.ts';
import type { SendPart } from './send-part.ts';
import type { PartBody } from './upload-source.ts';

const longestErrorText = 64 * 1024;

/** `duplex` is missing in TypeScript's DOM types; fetch asks for it beside a stream (Fetch Standard, 5.4). */
type StreamingInit = RequestInit & { duplex?: 'half' };

/**
 * Node sends a stream with the `content-length` that stands in the headers. Browsers and Deno drop that header, and would send
 * the stream in chunks, which S3 refuses. Node 21 and newer say who they are, as browsers do.
 */
const sendsStreamsWithLength = (): boolean => (globalThis.navigator?.userAgent ?? '').startsWith('Node.js/');

const pieceBytes = 64 * 1024;

/** The body in small pieces, each read when there is room for it: a Blob in memory is one chunk of any size. */
const inPieces = (
  body: PartBody,
  onPiece: (piece: Uint8Array<ArrayBuffer>) => void,
): ReadableStream<Uint8Array<ArrayBuffer>> => {
  const reader = body.stream().getReader();
  let rest = new Uint8Array(0);
  return new ReadableStream<Uint8Array<ArrayBuffer>>(
    {
      async pull(controller) {
        while (rest.length === 0) {
          const { done, value } = await reader.read();
          if (done) return controller.close();
          rest = value;
        }
        const piece = rest.subarray(0, pieceBytes);
        rest = rest.subarray(pieceBytes);
        onPiece(piece);
        controller.enqueue(piece);
      },
      cancel: (reason) => reader.cancel(reason),
    },
    { highWaterMark: 0 },
  );
};

/**
 * For places without XMLHttpRequest: service workers, Node, Deno, Bun. In Node it tells how far a body is, and reads each but
 * once. Elsewhere nothing is told before the answer, so that a dead line is noticed late; a body that is not a Blob is read
 * into memory there.
 */
export const createFetchSender =
  (fetch: typeof globalThis.fetch = globalThis.fetch): SendPart<PartBody> =>
  async (request, body, { onProgress, signal, crc64nvme }) => {
    const headers = new Headers(request.headers);
    headers.delete('content-length');
    headers.delete('host');
    const sent = async (bytes: Pick<StreamingInit, 'body' | 'duplex'>) => {
      const response = await fetch(request.url, {
        method: request.method,
        headers,
        ...bytes,
        signal,
        credentials: 'omit',
        redirect: 'error',
      });
      const text = await response.text();
      onProgress(body.size);
      return {
        status: response.status,
        etag: response.headers.get('etag'),
        retryAfterMs: retryAfterMsOf(response.headers.get('retry-after')),
        bodyText: response.ok ? '' : text.slice(0, longestErrorText),
      };
    };
    // A fetch that was given may be of any making, and of what is one piece there is nothing to tell.
    if (body.size > pieceBytes && fetch === globalThis.fetch && sendsStreamsWithLength()) {
      headers.set('content-length', String(body.size));
      const crc = crc64nvme ? createCrc64Nvme() : null;
      let bytesRead = 0;
      const stream = inPieces(body, (piece) => {
        crc?.update(piece);
        bytesRead += piece.length;
        onProgress(bytesRead);
      });
      const answer = await sent({ body: stream, duplex: 'half' });
      // Who answers before the end, as with a refusal, leaves a checksum of less than the body.
      return crc === null || bytesRead < body.size
        ? answer
        : { ...answer, crc64nvme: encodeBase64(crc.digest()) };
    }
    const whole = { body: body instanceof Blob ? body : await body.arrayBuffer() };
    if (!crc64nvme) return sent(whole);
    const [answer, crc] = await Promise.all([sent(whole), crc64OfBody(body, signal)]);
    return { ...answer, crc64nvme: crc };
  };
