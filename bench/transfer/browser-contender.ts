import { createServer } from 'node:http';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { build } from 'vite';
import { launchChromium } from '../../tests/support/chromium.ts';
import { processTree } from '../images/process-tree.ts';
import { cpuMilliseconds } from '../process-cpu.ts';
import type { Contender } from './command-contenders.ts';
import { peakResident } from './run-measured.ts';
import type { Target } from './target.ts';

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

/** A page on an origin of its own, as a customer's would be. */
const servePage = async (): Promise<{ url: string } & AsyncDisposable> => {
  const code = await bundlePage();
  const server = createServer((request, response) => {
    if (request.url === '/page.js') response.setHeader('content-type', 'text/javascript').end(code);
    else
      response
        .setHeader('content-type', 'text/html')
        .end(
          '<!doctype html><title>Upload</title><input type="file" multiple><script type="module" src="/page.js"></script>',
        );
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  // A TCP server that listens has such an address.
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/`,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
};

/** Chromium's process for the page: the one renderer that has grown most. */
const rendererOf = async (browserProcess: number): Promise<number> => {
  const found: { processId: number; peak: number }[] = [];
  for (const processId of await processTree(browserProcess)) {
    const command = await readFile(`/proc/${processId}/cmdline`, 'utf8').catch(() => '');
    if (command.includes('--type=renderer')) found.push({ processId, peak: await peakResident(processId) });
  }
  return found.toSorted((a, b) => b.peak - a.peak)[0]?.processId ?? browserProcess;
};

/** @param grantOf a new upload grant below a prefix */
export const startBrowserContender = async (access: {
  url: string;
  grantOf(target: Target, prefix: string): Promise<string>;
}): Promise<Contender & AsyncDisposable> => {
  const stack = new AsyncDisposableStack();
  const { url } = stack.use(await servePage());
  return {
    name: 'Chromium page',
    upload: async (fixture, target, prefix) => {
      // A new browser for each: memory of the run before is not this one's.
      const browser = await launchChromium();
      try {
        const page = await browser.newPage();
        await page.goto(url);
        await page.waitForFunction('typeof globalThis.uploadChosen === "function"');
        await page.setInputFiles('input', fixture.files);
        const token = await access.grantOf(target, prefix);
        const browserProcess = await browserProcessOf();
        const tree = await processTree(browserProcess);
        const cpuBefore = await cpuMilliseconds(tree);
        const began = performance.now();
        const outcome = await page.evaluate(
          ([origin, grant]) => globalThis.uploadChosen(origin ?? '', grant ?? ''),
          [access.url, token],
        );
        const seconds = (performance.now() - began) / 1000;
        const cpuSeconds = ((await cpuMilliseconds(await processTree(browserProcess))) - cpuBefore) / 1000;
        if (outcome.failed.length > 0) throw new Error(outcome.failed.join('; '));
        return { seconds, cpuSeconds, peakBytes: await peakResident(await rendererOf(browserProcess)) };
      } finally {
        await browser.close();
      }
    },
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  };
};

/** The Chromium that this process has started. */
const browserProcessOf = async (): Promise<number> => {
  for (const processId of await processTree(process.pid)) {
    const command = await readFile(`/proc/${processId}/cmdline`, 'utf8').catch(() => '');
    if (/chromium/.test(command) && !command.includes('--type=')) return processId;
  }
  throw new Error('Chromium does not run.');
};
