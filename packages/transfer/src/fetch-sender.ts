import { retryAfterMsOf } from './back-off.ts';
import { crc64OfBody } from './crc-of-body.ts';
import type { SendPart } from './send-part.ts';
import type { PartBody } from './upload-source.ts';

const longestErrorText = 64 * 1024;

/**
 * For places without XMLHttpRequest: service workers, Node, Deno, Bun. It does not tell how far a body is before the answer.
 * A body that is not a Blob is read into memory: signed requests have their length, and `fetch` sends a stream without one.
 */
export const createFetchSender =
  (fetch: typeof globalThis.fetch = globalThis.fetch): SendPart<PartBody> =>
  async (request, body, { onProgress, signal, crc64nvme }) => {
    const headers = new Headers(request.headers);
    headers.delete('content-length');
    headers.delete('host');
    const sent = async () => {
      const response = await fetch(request.url, {
        method: request.method,
        headers,
        body: body instanceof Blob ? body : await body.arrayBuffer(),
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
    if (!crc64nvme) return sent();
    const [answer, crc] = await Promise.all([sent(), crc64OfBody(body, signal)]);
    return { ...answer, crc64nvme: crc };
  };
