import { createUploads } from '@windlass/contract';
import type { SignedRequest } from '@windlass/transfer';
import { createApiClient } from '../../tests/support/api-client.ts';
import { chromiumProcesses, costBetween, costOfChromium } from './chromium-cost.ts';
import type { Contender } from './command-contenders.ts';
import type { Fixture } from './fixtures.ts';
import { startPageServer, type PageServer } from './page-server.ts';
import type { Cost } from './run-measured.ts';
import type { Target } from './target.ts';
import { startUnwatchedChromium } from './unwatched-chromium.ts';

/** What stands for the floor: a page cannot do less. */
export const barePageName = 'bare page, PUT only';

interface Access {
  /** Of Windlass. */
  url: string;
  /** A new upload grant below a prefix. */
  grantOf(target: Target, prefix: string): Promise<string>;
}

/** Runs an expression in a page of a new browser: memory of the run before is not this one's. */
const runInPage = async (pages: PageServer, { files }: Fixture, expression: string): Promise<Cost> => {
  await using chromium = await startUnwatchedChromium(pages.url);
  const ended = pages.outcome();
  const before = await costOfChromium(chromium.processId);
  const began = performance.now();
  await chromium.begin(files, expression);
  const { failed } = await ended;
  const seconds = (performance.now() - began) / 1000;
  const processes = costBetween(before, await costOfChromium(chromium.processId));
  if (failed.length > 0) throw new Error(failed.join('; '));
  const cpuSeconds = chromiumProcesses.reduce((sum, kind) => sum + processes[kind].cpuSeconds, 0);
  return { seconds, cpuSeconds, peakBytes: processes.renderer.peakBytes, processes };
};

const mostPerCall = 100;

/** One URL for each file, before the clock runs. */
const signedPuts = async (
  url: string,
  token: string,
  { files, bytes }: Fixture,
): Promise<SignedRequest[]> => {
  const client = createApiClient(url, token);
  const size = bytes / files.length;
  const puts: SignedRequest[] = [];
  for (let from = 0; from < files.length; from += mostPerCall) {
    const { results } = await client.call(createUploads, {
      body: {
        files: files
          .slice(from, from + mostPerCall)
          .map((_, at) => ({ name: `${from + at}.jpg`, size, type: 'image/jpeg' })),
      },
    });
    for (const { upload } of results) {
      if (upload === null || upload.put === null) throw new Error('There is no URL for a file.');
      puts.push(upload.put);
    }
  }
  return puts;
};

/** The page with the engine, and the page with nothing. */
export const startBrowserContenders = async (
  access: Access,
): Promise<{ all: Contender[] } & AsyncDisposable> => {
  const pages = await startPageServer();
  const withEngine: Contender = {
    name: 'Chromium page',
    upload: async (fixture, target, prefix) => {
      const token = await access.grantOf(target, prefix);
      return runInPage(
        pages,
        fixture,
        `uploadChosen(${JSON.stringify(access.url)}, ${JSON.stringify(token)})`,
      );
    },
  };
  const bare: Contender = {
    name: barePageName,
    takes: ({ files }) => files.length > 1,
    upload: async (fixture, target, prefix) => {
      pages.setRequests(await signedPuts(access.url, await access.grantOf(target, prefix), fixture));
      return runInPage(pages, fixture, 'putChosen()');
    },
  };
  return { all: [withEngine, bare], [Symbol.asyncDispose]: () => pages[Symbol.asyncDispose]() };
};
