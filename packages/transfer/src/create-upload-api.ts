import { retryAfterMsOf } from './back-off.ts';
import { readCompleted, readCreated, readProblem, readSignedParts, readUpload } from './read-answers.ts';
import type { UploadApi } from './upload-api.ts';

const usualMs = 30_000;
/** A bucket may take minutes to put a large file together. */
const completionMs = 180_000;

export interface UploadApiOptions {
  /** Of Windlass, e.g. `https://windlass.example.com`; of the page where it is served by it. */
  origin: string;
  /** `wu_…`, of an upload grant. */
  token: string;
  fetch?: typeof globalThis.fetch | undefined;
}

const at = (id: string): string => `/${encodeURIComponent(id)}`;

/** The calls under `/api/v1/uploads` over HTTP; no cookies are sent. Try-again is the uploader's. */
export const createUploadApi = ({ origin, token, fetch = globalThis.fetch }: UploadApiOptions): UploadApi => {
  const base = `${origin.replace(/\/+$/, '')}/api/v1/uploads`;

  const call = async (
    method: 'GET' | 'POST' | 'DELETE',
    path: string,
    { body, signal, timeoutMs = usualMs }: { body?: unknown; signal: AbortSignal; timeoutMs?: number },
  ): Promise<unknown> => {
    const response = await fetch(`${base}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        accept: 'application/json',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
      credentials: 'omit',
    });
    const text = await response.text();
    const json = (): unknown => (text === '' ? null : JSON.parse(text));
    if (response.ok) return json();
    const isJson = /\bjson\b/.test(response.headers.get('content-type') ?? '');
    throw readProblem(
      response.status,
      isJson ? json() : null,
      retryAfterMsOf(response.headers.get('retry-after')),
    );
  };

  return {
    create: async (files, signal) => readCreated(await call('POST', '', { body: { files }, signal })),
    get: async (id, signal) => readUpload(await call('GET', at(id), { signal })),
    parts: async (id, { done, sign }, signal) =>
      readSignedParts(await call('POST', `${at(id)}/parts`, { body: { done, sign }, signal })),
    complete: async (uploads, signal) =>
      readCompleted(await call('POST', '/complete', { body: { uploads }, signal, timeoutMs: completionMs })),
    abort: async (id, signal) => {
      await call('DELETE', at(id), { signal });
    },
  };
};
