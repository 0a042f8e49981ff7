import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchChromium } from '../support/chromium.ts';
import { owner, ownerEnvironment } from '../support/owner.ts';
import type { ServerProcess } from '../support/server-process.ts';
import { startSharedPostgresServer } from '../support/shared-postgres-server.ts';
import { lacks } from '../support/test-skip.ts';
import { watchPage, type PageWatch } from './watch-page.ts';

const picture = 'harbour-at-dawn.jpg';
const desktop = { width: 1280, height: 900 };

const facts = (page: Page) => page.getByRole('status', { name: 'Facts of the picture' });
const stage = (page: Page) => page.getByRole('img', { name: picture }).and(page.locator('[src^="blob:"]'));
const tab = (page: Page, name: string) => page.getByRole('tab', { name, exact: true });
const code = (page: Page, name: string) => page.getByRole('figure', { name, exact: true });
const copied = (page: Page) => page.evaluate(() => navigator.clipboard.readText());

/** What the page itself called off, because somebody went on to another picture, went well. */
const isTrouble = (trouble: string): boolean => !/^failed: .*: net::ERR_ABORTED$/.test(trouble);

/** The number field of a parameter: its label is shared by a slider where there is one. */
const number = (page: Page, name: string) => page.getByRole('textbox', { name, exact: true });

const copy = async (page: Page, what: string): Promise<string> => {
  await page.getByRole('button', { name: `Copy ${what}`, exact: true }).click();
  await page.getByText(`${what} copied`, { exact: true }).waitFor();
  return copied(page);
};

describe.skipIf(lacks('chromium'))('the page of an image source', () => {
  const cleanup = new AsyncDisposableStack();
  let browser: Browser;
  let server: ServerProcess;

  beforeAll(async () => {
    server = cleanup.use(
      await startSharedPostgresServer({ env: { ...ownerEnvironment, WINDLASS_DEMO: 'true' } }),
    );
    browser = await launchChromium();
    cleanup.defer(() => browser.close());
  });
  afterAll(() => cleanup.disposeAsync());

  interface Opened extends AsyncDisposable {
    page: Page;
    watch: PageWatch;
  }

  const open = async (viewport = desktop): Promise<Opened> => {
    const context = await browser.newContext({
      viewport,
      reducedMotion: 'reduce',
      permissions: ['clipboard-read', 'clipboard-write'],
    });
    context.setDefaultTimeout(20_000);
    await context.request.post(`${server.url}/api/v1/sessions`, {
      data: owner,
      headers: { origin: server.url },
    });
    const page = await context.newPage();
    const watch = watchPage(page, [server.url, server.imagesUrl]);
    await page.goto(`${server.url}/sources`);
    await page
      .getByRole('list', { name: 'Image sources' })
      .getByRole('link', { name: 'demo' })
      .first()
      .click();
    await page.getByRole('heading', { level: 1, name: 'demo' }).waitFor();
    await page.getByRole('list', { name: 'Pictures' }).getByRole('img', { name: picture }).click();
    await facts(page).getByText('600 × 400 px').waitFor();
    return { page, watch, [Symbol.asyncDispose]: () => context.close() };
  };

  it('changes the picture with its parameters, keeps them in its address, and takes them back', async () => {
    await using opened = await open();
    const { page, watch } = opened;
    await facts(page)
      .getByText(/% less than the original’s/)
      .waitFor();
    await number(page, 'width').fill('320');
    await number(page, 'height').fill('320');
    await page.getByRole('combobox', { name: 'mode' }).click();
    await page.getByRole('option', { name: 'crop', exact: true }).click();
    await facts(page).getByText('320 × 320 px').waitFor();
    await expect.poll(() => stage(page).evaluate((image) => Reflect.get(image, 'naturalWidth'))).toBe(320);
    expect(new URL(page.url()).searchParams.get('q')).toBe('width=320&height=320&mode=crop');
    await watch.judge('explored');

    const shared = await page.context().newPage();
    await shared.goto(page.url());
    await facts(shared).getByText('320 × 320 px').waitFor();
    await shared.close();

    // A parameter of a group that is closed is found by what it does.
    await page.getByLabel('Search the parameters').fill('output format');
    await page.getByRole('combobox', { name: 'format' }).click();
    await page.getByRole('option', { name: 'png', exact: true }).click();
    await facts(page).getByText('png', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Undo' }).click();
    await facts(page).getByText('webp', { exact: true }).waitFor();

    await page.getByLabel('Search the parameters').fill('');
    await number(page, 'width').fill('9999');
    await page.getByText('Takes a whole number from 1 to 8192.').waitFor();
    expect(watch.troubles.filter(isTrouble)).toEqual([]);
  });

  it('lays the original beside the result, and cuts a region out of it', async () => {
    await using opened = await open();
    const { page, watch } = opened;
    await page.getByText('Against the original').click();
    const handle = page.getByRole('slider').and(page.locator('[aria-valuenow]')).first();
    await page.getByRole('img', { name: `${picture}: Original` }).waitFor();
    await handle.waitFor();
    await watch.judge('compared');
    await page.getByText('Select a region').click();
    const canvas = page.locator('.wl-region');
    await canvas.waitFor();
    const box = await canvas.boundingBox();
    if (box === null) throw new Error('The original is not on the stage.');
    await page.mouse.move(box.x + box.width / 4, box.y + box.height / 4);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width * 0.75, box.y + box.height * 0.75, { steps: 4 });
    await page.mouse.up();
    await expect.poll(() => new URL(page.url()).searchParams.get('q')).toMatch(/region=\d+,\d+,\d+,\d+/);
    const region = /region=([\d,]+)/.exec(new URL(page.url()).searchParams.get('q') ?? '')?.[1] ?? '';
    const [x = 0, y = 0, width = 0, height = 0] = region.split(',').map(Number);
    // The original is 2400 × 1600; a pixel on the stage is some of its own.
    for (const [got, wanted] of [
      [x, 600],
      [y, 400],
      [width, 1200],
      [height, 800],
    ] as const)
      expect(Math.abs(got - wanted)).toBeLessThan(16);
    await facts(page)
      .getByText(/^600 × (39|40)\d px$/)
      .waitFor();
    expect(watch.troubles.filter(isTrouble)).toEqual([]);
  });

  it('builds a srcset, weighs it, and writes code for a client library', async () => {
    await using opened = await open();
    const { page, watch } = opened;
    await tab(page, 'HTML, srcset').click();
    await page.getByText('Fluid width').click();
    await page.getByRole('switch', { name: '<picture> with AVIF, WebP and JPEG' }).check();
    await page.getByLabel('Candidates', { exact: true }).first().fill('3');
    await page.getByLabel('Largest width').fill('640');
    await code(page, 'HTML').getByText('type="image/avif"').waitFor();
    const html = await copy(page, 'HTML');
    expect(html).toContain('sizes="100vw"');
    expect(html.match(/320w/g)).toHaveLength(3);
    expect(html.match(/640w/g)).toHaveLength(3);
    await page.getByRole('button', { name: 'Weigh the candidates' }).click();
    await page
      .getByRole('status', { name: 'Total of the candidates' })
      .getByText(/^9 candidates, [\d.]+ KB in all\.$/)
      .waitFor({ timeout: 60_000 });
    await watch.judge('srcset');

    await tab(page, 'Code').click();
    await page.getByText('Python', { exact: true }).click();
    const python = await copy(page, 'Python');
    expect(python).toContain('import imglab');
    expect(python).toContain(`host="${new URL(server.imagesUrl).hostname}"`);
    expect(python).toContain('width=600');
    await watch.judge('code');
    expect(watch.troubles.filter(isTrouble)).toEqual([]);
  });

  it('saves a preset, and serves it by its name', async () => {
    await using opened = await open();
    const { page, watch } = opened;
    await number(page, 'width').fill('200');
    await facts(page).getByText('200 × 133 px').waitFor();
    await page.getByRole('button', { name: 'Save as a preset' }).click();
    await page.getByLabel('Name').fill('small');
    await watch.judge('save a preset');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByRole('checkbox', { name: 'small' }).waitFor({ state: 'attached' });
    await expect.poll(() => new URL(page.url()).searchParams.get('q')).toBe('preset=small');
    await facts(page).getByText('200 × 133 px').waitFor();
    await tab(page, 'Settings').click();
    await page.getByLabel('Parameters of small').fill('width=0');
    await page.getByText('Width takes a whole number from 1 to 8192.').waitFor();
    await watch.judge('presets');
    expect(watch.troubles.filter(isTrouble)).toEqual([]);
  });

  it('purges a path, and says what is lost before it does', async () => {
    await using opened = await open();
    const { page, watch } = opened;
    await tab(page, 'Usage and cache').click();
    await page.getByRole('region', { name: 'Usage' }).waitFor();
    expect(await page.getByRole('textbox', { name: 'Path' }).inputValue()).toBe(picture);
    await page.getByRole('button', { name: 'Purge' }).click();
    const dialog = page.getByRole('dialog', { name: 'Purge the cache' });
    await dialog.getByText(`every size and format of ${picture}`).waitFor();
    await watch.judge('purge');
    await dialog.getByRole('button', { name: 'Purge' }).click();
    await page.getByRole('list', { name: 'Purges' }).getByText(picture).first().waitFor();
    await watch.judge('purged');
    // What this page asked for is counted, and written every 15 seconds.
    await expect
      .poll(
        async () => {
          await page.reload();
          await page
            .getByRole('region', { name: 'Usage' })
            .getByText('Requests', { exact: true })
            .first()
            .waitFor();
          return page
            .locator('.wl-figures dd')
            .first()
            .innerText({ timeout: 2000 })
            .catch(() => '0');
        },
        { timeout: 45_000, interval: 3000 },
      )
      .toMatch(/^[1-9]/);
    await page.locator('.wl-graph svg').first().waitFor();
    await page.getByText('In numbers').click();
    await page.getByRole('table', { name: 'Usage in numbers' }).waitFor();
    await watch.judge('usage');
    expect(watch.troubles.filter(isTrouble)).toEqual([]);
  });

  it('signs URLs that end, and changes keys while the old ones still work', async () => {
    await using opened = await open();
    const { page, watch } = opened;
    await tab(page, 'Settings').click();
    await page.getByRole('switch', { name: 'Signed URLs only' }).check();
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByText('They are shown only now').waitFor();
    await tab(page, 'Explore').click();
    await facts(page).getByText('600 × 400 px').waitFor();
    await tab(page, 'Expiring URL').click();
    await page.getByRole('button', { name: '7 days' }).click();
    const old = await copy(page, 'Expiring URL');
    expect(old).toMatch(/expires=\d{10}&signature=[\w-]{43}$/);
    expect((await fetch(old)).status).toBe(200);
    expect((await fetch(old.replace(/&signature=.*/, ''))).status).toBe(403);
    await watch.judge('expiring');

    await tab(page, 'Settings').click();
    await page.getByRole('button', { name: 'Make new keys' }).click();
    const dialog = page.getByRole('dialog', { name: 'Make new signing keys' });
    await dialog.getByText('work for 1 hour more').click();
    await dialog.getByText('Lost in an hour').waitFor();
    await watch.judge('rotate');
    await dialog.getByRole('button', { name: 'Make new keys' }).click();
    await page.getByText('They are shown only now').waitFor();
    await page.getByText('The keys before these still work.').waitFor();
    await watch.judge('rotated');
    expect((await fetch(old)).status).toBe(200);
    await page.getByRole('button', { name: 'End them now' }).click();
    const end = page.getByRole('dialog', { name: 'End the keys before' });
    await end.getByRole('button', { name: 'End them now' }).click();
    await expect.poll(() => page.getByText('The keys before these still work.').count()).toBe(0);
    await expect.poll(async () => (await fetch(old)).status, { timeout: 10_000 }).toBe(403);
    expect(watch.troubles.filter(isTrouble)).toEqual([]);
  });
});
