import type { Browser, BrowserContext, Page } from 'playwright-core';
import { z } from 'zod';
import { bundleForBrowser } from '../browser-bundle.ts';
import { launchChromium } from '../chromium.ts';
import { startLoopbackServer } from '../loopback-server.ts';
import type * as uploadPageScript from './upload-page.ts';

/** What the script of the bundle puts on the page. */
declare global {
  var uploadPage: typeof uploadPageScript;
}

export interface UploadingPage {
  page: Page;
  /** As `start` of the page. */
  start(origin: string, token: string, stallSeconds?: number): Promise<void>;
  end(): Promise<uploadPageScript.SeenItem[]>;
}

/** A browser with one profile, and a site of its own origin whose page uploads what is chosen. */
export interface UploadingBrowser extends AsyncDisposable {
  context: BrowserContext;
  /** A new tab, with these files chosen. */
  open(paths: readonly string[]): Promise<UploadingPage>;
  /** SIGKILL of every process that shows a page. */
  killRenderers(): Promise<void>;
}

const processes = z.object({ processInfo: z.array(z.object({ type: z.string(), id: z.int() })) });

export const startUploadingBrowser = async (): Promise<UploadingBrowser> => {
  await using stack = new AsyncDisposableStack();
  const script = await bundleForBrowser('tests/support/survival/upload-page.ts', 'uploadPage');
  const site = stack.use(
    await startLoopbackServer((_, response) => {
      response
        .setHeader('content-type', 'text/html')
        .end('<!doctype html><title>Upload</title><input type="file" multiple>');
    }),
  );
  const browser: Browser = await launchChromium();
  stack.defer(() => browser.close());
  const context = await browser.newContext();
  const owned = stack.move();
  return {
    context,
    open: async (paths) => {
      const page = await context.newPage();
      await page.goto(site.url);
      await page.addScriptTag({ content: script });
      await page.setInputFiles('input', [...paths]);
      return {
        page,
        start: (origin, token, stallSeconds) =>
          page.evaluate(
            ([to, grant, stall]) => globalThis.uploadPage.start(String(to), String(grant), Number(stall)),
            [origin, token, stallSeconds ?? 30],
          ),
        end: () => page.evaluate(() => globalThis.uploadPage.end()),
      };
    },
    killRenderers: async () => {
      const session = await browser.newBrowserCDPSession();
      const { processInfo } = processes.parse(await session.send('SystemInfo.getProcessInfo'));
      await session.detach();
      // Children of the browser that was started here.
      for (const { type, id } of processInfo) if (type === 'renderer') process.kill(id, 'SIGKILL');
    },
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
};
