import { retryAfterMsOf } from './back-off.ts';
import { crc64OfBody } from './crc-of-body.ts';
import type { SendAnswer, SendPart } from './send-part.ts';

/** Set by the browser itself, from the body and the address; setting them is refused. */
const setByBrowser = new Set(['content-length', 'host']);
const longestErrorText = 64 * 1024;
/** Of a smaller body nobody needs to know how far it is, and each word of it is a message between processes. */
const silentBytes = 256 * 1024;

/** Buckets do not show it to pages of other origins, and Chromium writes an error for each header that is asked for in vain. */
const showsRetryAfter = (xhr: XMLHttpRequest): boolean => /^retry-after:/im.test(xhr.getAllResponseHeaders());

/**
 * For pages and workers: `fetch` there does not tell how far a body is. A checksum is computed beside the sending, from a
 * second read of the slice.
 */
export const createXhrSender =
  (): SendPart =>
  async (request, body, { onProgress, signal, crc64nvme }) => {
    signal.throwIfAborted();
    const sent = new Promise<SendAnswer>((resolve, reject) => {
      const xhr = new XMLHttpRequest();
      const abort = (): void => xhr.abort();
      signal.addEventListener('abort', abort);
      xhr.addEventListener('loadend', () => signal.removeEventListener('abort', abort));
      if (body.size > silentBytes) {
        xhr.addEventListener('loadstart', () => onProgress(0));
        xhr.upload.addEventListener('progress', ({ loaded }) => onProgress(Math.min(loaded, body.size)));
      }
      xhr.addEventListener('error', () => reject(new TypeError('The bucket could not be reached.')));
      // The reason is whatever was given to abort(), mostly an error.
      xhr.addEventListener('abort', () => reject(signal.reason as Error));
      xhr.addEventListener('load', () =>
        resolve({
          status: xhr.status,
          etag: xhr.getResponseHeader('etag'),
          retryAfterMs: retryAfterMsOf(showsRetryAfter(xhr) ? xhr.getResponseHeader('retry-after') : null),
          bodyText: xhr.status < 300 ? '' : xhr.responseText.slice(0, longestErrorText),
        }),
      );
      xhr.open(request.method, request.url);
      for (const [name, value] of Object.entries(request.headers))
        if (!setByBrowser.has(name.toLowerCase())) xhr.setRequestHeader(name, value);
      // A slice has the type of its own making; the one that was signed stands in the headers.
      xhr.send(body);
    });
    if (!crc64nvme) return sent;
    const [answer, crc] = await Promise.all([sent, crc64OfBody(body, signal)]);
    return { ...answer, crc64nvme: crc };
  };
