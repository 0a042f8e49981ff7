import { text } from 'node:stream/consumers';
import { join } from 'node:path';
import type { SignedRequest } from '@windlass/transfer';
import { build } from 'vite';
import { z } from 'zod';
import { startLoopbackServer } from '../../tests/support/loopback-server.ts';
import type { Outcome } from './page.ts';

/** The engine as a page would load it, in one file. */
const bundlePage = async (): Promise<string> => {
  const built = await build({
    configFile: false,
    logLevel: 'error',
    build: {
      write: false,
      target: 'es2023',
      rollupOptions: { input: join(import.meta.dirname, 'page.ts'), output: { codeSplitting: false } },
    },
  });
  const outputs = [built].flat().flatMap((one) => ('output' in one ? one.output : []));
  const entry = outputs.find((one) => one.type === 'chunk');
  if (entry === undefined) throw new Error('Nothing was bundled.');
  return entry.code;
};

const html =
  '<!doctype html><title>Upload</title><input type="file" multiple><script type="module" src="/page.js"></script>';

const outcomes = z.object({ done: z.int(), failed: z.array(z.string()) });

/** A page on an origin of its own, as a customer's would be. */
export interface PageServer extends AsyncDisposable {
  url: string;
  /** What the page is given that sends without an engine. */
  setRequests(requests: readonly SignedRequest[]): void;
  /** Resolves when the page tells its end. */
  outcome(): Promise<Outcome>;
}

export const startPageServer = async (): Promise<PageServer> => {
  const code = await bundlePage();
  let requests: readonly SignedRequest[] = [];
  let hear: ((outcome: Outcome) => void) | null = null;
  const server = await startLoopbackServer((request, response) => {
    const { url } = request;
    if (url === '/outcome') {
      void text(request).then((body) => hear?.(outcomes.parse(JSON.parse(body))));
      response.end();
    } else if (url === '/requests')
      response.setHeader('content-type', 'application/json').end(JSON.stringify(requests));
    else if (url === '/page.js') response.setHeader('content-type', 'text/javascript').end(code);
    else response.setHeader('content-type', 'text/html').end(html);
  });
  return {
    url: `${server.url}/`,
    setRequests: (given) => (requests = given),
    outcome: () => new Promise((resolve) => (hear = resolve)),
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
};
