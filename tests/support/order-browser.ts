import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { watchPage, type PageWatch } from '../e2e/watch-page.ts';
import { launchChromium } from './chromium.ts';
import { startOrderScene, takePhotos, type OrderScene, type Photo } from './order-scene.ts';

/** A page in a browser profile of its own, which ends with it. */
export interface Visit extends AsyncDisposable {
  context: BrowserContext;
  page: Page;
  watch: PageWatch;
}

/** A lab with its server and bucket, thirty photos that somebody orders, and a browser to look at both sides. */
export interface OrderBrowser extends OrderScene {
  photos: readonly Photo[];
  /** A profile without a cookie, and an empty page in it. */
  visit(look: BrowserContextOptions): Promise<Visit>;
}

/** Somebody who waits longer than this for a page to do something has given up. */
const patienceMilliseconds = 20_000;

/** @example const lab = await startOrderBrowser(); await using visit = await lab.visit({ viewport }); */
export const startOrderBrowser = async (): Promise<OrderBrowser> => {
  await using stack = new AsyncDisposableStack();
  const scene = stack.use(await startOrderScene());
  const photos = await takePhotos(30);
  const browser: Browser = await launchChromium();
  stack.defer(() => browser.close());
  const owned = stack.move();
  return {
    ...scene,
    photos,
    visit: async (look) => {
      const context = await browser.newContext({ reducedMotion: 'reduce', ...look });
      context.setDefaultTimeout(patienceMilliseconds);
      const page = await context.newPage();
      // Playwright stays on a page with a guard unless told otherwise.
      page.on('dialog', (dialog) => void dialog.accept());
      const watch = watchPage(page, [scene.server.url]);
      return { context, page, watch, [Symbol.asyncDispose]: () => context.close() };
    },
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
};
