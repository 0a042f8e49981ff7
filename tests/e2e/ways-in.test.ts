import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchChromium } from '../support/chromium.ts';
import { owner, ownerEnvironment } from '../support/owner.ts';
import type { ServerProcess } from '../support/server-process.ts';
import { startSharedPostgresServer } from '../support/shared-postgres-server.ts';
import { lacks } from '../support/test-skip.ts';
import { watchPage } from './watch-page.ts';

const overview = (page: Page) => page.getByRole('heading', { level: 1, name: 'Overview' });

// The app without a mouse, and on a phone.
describe.skipIf(lacks('chromium'))('ways in', () => {
  const cleanup = new AsyncDisposableStack();
  let browser: Browser;
  let server: ServerProcess;

  beforeAll(async () => {
    server = cleanup.use(
      await startSharedPostgresServer({ env: { ...ownerEnvironment, WINDLASS_BUCKET: 'off' } }),
    );
    browser = await launchChromium();
    cleanup.defer(() => browser.close());
  });
  afterAll(() => cleanup.disposeAsync());

  const openPage = async (options: BrowserContextOptions): Promise<Page> => {
    const context = await browser.newContext({ reducedMotion: 'reduce', ...options });
    context.setDefaultTimeout(15_000);
    return context.newPage();
  };

  it('signs in and moves about with the keyboard alone', async () => {
    const page = await openPage({ viewport: { width: 1280, height: 800 } });
    const watch = watchPage(page, [server.url, server.imagesUrl]);
    const { keyboard } = page;
    const focused = page.locator(':focus');
    await page.goto(`${server.url}/sign-in?next=/connections`);
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    await watch.judge('sign in');
    await keyboard.press('Tab');
    await keyboard.type(owner.email);
    await keyboard.press('Tab');
    await keyboard.type(owner.password);
    await keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Connections' }).waitFor();

    await keyboard.press('Tab');
    expect(await focused.innerText()).toBe('Skip to the content');
    await keyboard.press('Enter');
    expect(await focused.getAttribute('id')).toBe('main');
    // From the content back to the last of the rail: the person's menu, which opens, closes and keeps the focus.
    await keyboard.press('Shift+Tab');
    expect(await focused.innerText()).toContain('Account and theme');
    await keyboard.press('Enter');
    await page.getByRole('menuitem', { name: 'Sign out' }).waitFor();
    await keyboard.press('Escape');
    await page.getByRole('menu').waitFor({ state: 'hidden' });
    for (const place of ['Team', 'Policy studio', 'Connections', 'Images', 'Orders', 'Drops', 'Overview']) {
      await keyboard.press('Shift+Tab');
      expect(await focused.innerText()).toBe(place);
    }
    await keyboard.press('Enter');
    await overview(page).waitFor();
    expect(watch.troubles).toEqual([]);
    await page.context().close();
  });

  it('has its pages in a bar at the bottom of a phone', async () => {
    const viewport = { width: 390, height: 844 };
    const page = await openPage({ viewport, isMobile: true, hasTouch: true });
    const watch = watchPage(page, [server.url, server.imagesUrl]);
    const signedIn = await page.request.post(`${server.url}/api/v1/sessions`, {
      data: { email: owner.email, password: owner.password },
      headers: { origin: server.url },
    });
    expect(signedIn.ok()).toBe(true);
    await page.goto(server.url);
    await overview(page).waitFor();
    const bar = page.getByRole('navigation', { name: 'Main' });
    expect(await bar.getByRole('link').allInnerTexts()).toEqual([
      'Overview',
      'Drops',
      'Images',
      'Connections',
      'Studio',
      'Team',
    ]);
    const box = await bar.boundingBox();
    expect(box).toMatchObject({ x: 0, width: viewport.width });
    expect((box?.y ?? 0) + (box?.height ?? 0)).toBe(viewport.height);
    await watch.judge('overview on a phone');

    await bar.getByRole('link', { name: 'Connections' }).tap();
    await page.getByRole('heading', { level: 1, name: 'Connections' }).waitFor();
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(width, 'nothing may stick out sideways').toBe(viewport.width);
    await watch.judge('connections on a phone');
    expect(watch.troubles).toEqual([]);
    await page.context().close();
  });
});
