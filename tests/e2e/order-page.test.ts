import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { listOrders, setOrderState, updateDrop, type Drop, type DropSettings } from '@windlass/contract';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startOrderBrowser, type OrderBrowser, type Visit } from '../support/order-browser.ts';
import type { Photo } from '../support/order-scene.ts';
import { lacks } from '../support/test-skip.ts';

const phone = { width: 390, height: 844 };

const picker = (page: Page) => page.locator('input[type=file]').first();
const tiles = (page: Page) => page.getByRole('list', { name: 'Files of this order' }).getByRole('listitem');
const allArrived = (page: Page) => page.getByText('All files have arrived', { exact: true });
const enterPin = async (page: Page): Promise<void> => {
  await page.getByLabel('PIN').fill('2468');
  await page.getByRole('button', { name: 'Begin the order' }).click();
  await page.getByText(/^Order \d\d-\d{5}$/).waitFor();
};
const send = (page: Page) => page.getByRole('button', { name: /^Send/ });

/** What a reload calls off went well. */
const isTrouble = (trouble: string): boolean => !/^failed: .*: net::ERR_(ABORTED|FAILED)$/.test(trouble);

/** As a browser that had no room for them. */
const forgetFiles = () =>
  new Promise<void>((resolve, reject) => {
    const opening = indexedDB.open('windlass-order-files');
    opening.addEventListener('error', () => reject(new Error('There is no such database.')));
    opening.addEventListener('success', () => {
      const clearing = opening.result.transaction('files', 'readwrite');
      clearing.objectStore('files').clear();
      clearing.addEventListener('complete', () => resolve());
    });
  });

interface Held {
  /** How often each photo was put, by its name. */
  readonly puts: ReadonlyMap<string, number>;
  /** From now on everything passes. */
  release(): void;
}

/** Lets so many PUTs to the bucket pass and keeps the others waiting, as a bad network does. */
const holdAfter = async (page: Page, bucketUrl: string, passing: number): Promise<Held> => {
  const puts = new Map<string, number>();
  let [count, held] = [0, true];
  await page.route(`${bucketUrl}/**`, async (route) => {
    const request = route.request();
    if (request.method() !== 'PUT') return route.continue();
    count += 1;
    // It stays unanswered, and ends with the page.
    if (held && count > passing) return;
    const name = decodeURIComponent(new URL(request.url()).pathname.split('/').at(-1) ?? '');
    puts.set(name, (puts.get(name) ?? 0) + 1);
    await route.continue();
  });
  return {
    puts,
    release: () => {
      held = false;
    },
  };
};

describe.skipIf(lacks('chromium'))('the page on which customers of a lab order', () => {
  let scene: OrderBrowser;
  let photos: readonly Photo[];
  beforeAll(async () => {
    scene = await startOrderBrowser();
    ({ photos } = scene);
  });
  afterAll(() => scene?.[Symbol.asyncDispose]());

  const visit = async (drop: Pick<Drop, 'url'>): Promise<Visit> => {
    const visiting = await scene.visit({ viewport: phone, hasTouch: true });
    await visiting.page.goto(drop.url);
    return visiting;
  };

  const edit = async ({ id }: Drop, body: Partial<DropSettings>): Promise<void> => {
    const params = { teamId: scene.teamId, dropId: id };
    await scene.client.call(updateDrop, { params, body }, { 'if-match': '*' });
  };

  it('takes thirty photos from a phone, through a reload, to the receipt and the status', async () => {
    const drop = await scene.addDrop({ consentText: 'You may print these.', retentionDays: 30 });
    await using visiting = await visit(drop);
    const { page, watch } = visiting;
    await page.getByRole('heading', { level: 1, name: 'Order prints' }).waitFor();
    await watch.judge('empty');
    await page.getByLabel('Name').fill('Ada Lovelace');

    const network = await holdAfter(page, scene.bucket.server.url, 12);
    await picker(page).setInputFiles(photos);
    await page.getByText(/^12 of 30 files arrived/).waitFor();
    const number = (await page.getByText(/^Order \d\d-\d{5}$/).innerText()).replace('Order ', '');
    const sentBefore = [...network.puts.keys()];

    await page.reload();
    network.release();
    await page.getByText(`Order ${number} goes on where you left it.`).waitFor();
    expect(await page.getByLabel('Name').inputValue()).toBe('Ada Lovelace');
    await allArrived(page).waitFor();
    await expect.poll(() => tiles(page).count()).toBe(30);
    await watch.judge('filled');
    expect(sentBefore).toHaveLength(12);
    expect(sentBefore.map((name) => network.puts.get(name))).toEqual(sentBefore.map(() => 1));

    // Nobody sets thirty sizes: all at once, then what differs.
    await page.getByRole('group', { name: 'For all 30 files' }).getByLabel('Size').selectOption('10x15');
    await page.getByRole('button', { name: 'More: Copies, IMG_0002.jpg' }).click();
    await page.getByRole('button', { name: /^IMG_0003\.jpg/ }).click();
    await page.getByRole('dialog').getByLabel('Size').selectOption('20x30');
    await page.getByRole('dialog').getByRole('button', { name: 'Close' }).click();
    // It is dimmed while something is missing, and leads there when it is pressed.
    await send(page).press('Enter');
    await page.getByText('This is needed.').waitFor();
    await watch.judge('something is missing');
    await page.getByLabel('You may print these.').check();
    await send(page).click();

    await page.getByRole('heading', { name: 'Thank you. Your order has arrived.' }).waitFor();
    await page.getByText(`Order ${number}`, { exact: true }).waitFor();
    await page.getByText('Files with sizes and checksums').click();
    const [, second, third] = photos;
    for (const [photo, options] of [
      [second, '10 × 15 cm · 2'],
      [third, '20 × 30 cm · 1'],
    ] as const) {
      const row = page.getByRole('listitem').filter({ hasText: photo?.name ?? '' });
      const hash = createHash('sha256')
        .update(photo?.buffer ?? '')
        .digest('base64');
      // innerText is empty while a row is out of sight and not laid out.
      expect(await row.textContent()).toContain(options);
      expect(await row.textContent()).toContain(`SHA-256 ${hash}`);
    }
    await page.getByRole('img', { name: 'QR code of the status link' }).waitFor();
    await watch.judge('receipt');
    await page.reload();
    await page.getByRole('heading', { name: 'Thank you. Your order has arrived.' }).waitFor();

    const below = `orders/${number}/`;
    await expect.poll(() => scene.keys(below), { timeout: 20_000 }).toContain(`${below}manifest.json`);
    expect(await scene.keys(below)).toHaveLength(31);
    const stored = await Promise.all(photos.map(({ name }) => scene.read(below + name)));
    expect(stored).toEqual(photos.map(({ buffer }) => buffer));

    await page.getByRole('link', { name: /\/o\// }).click();
    const steps = page.getByRole('list', { name: 'Steps' });
    await steps
      .getByRole('listitem')
      .filter({ hasText: 'Received' })
      .and(page.locator('[aria-current]'))
      .waitFor();
    await watch.judge('status');
    const { items } = await scene.client.call(listOrders, { params: { teamId: scene.teamId }, query: {} });
    const orderId = items.find((order) => order.number === number)?.id;
    if (orderId === undefined) throw new Error(`The lab does not see order ${number}.`);
    await scene.client.call(setOrderState, {
      params: { teamId: scene.teamId, orderId },
      body: { state: 'inProduction' },
    });
    // As when somebody comes back to the page.
    await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
    const current = steps.locator('[aria-current]');
    await expect.poll(() => current.innerText()).toContain('In production');
    expect(watch.troubles.filter(isTrouble)).toEqual([]);
  });

  it('asks for a PIN, takes back what was removed, and tells of doubles and of what it does not take', async () => {
    const drop = await scene.addDrop({ access: 'pin', password: '2468' });
    await using visiting = await visit(drop);
    const { page, watch } = visiting;
    await watch.judge('asked for a PIN');
    await page.getByLabel('PIN').fill('1357');
    await page.getByRole('button', { name: 'Begin the order' }).click();
    await page.getByRole('alert').getByText('The password or PIN is wrong').waitFor();
    await watch.judge('wrong PIN');
    await enterPin(page);
    const few = photos.slice(0, 3);
    await picker(page).setInputFiles(few);
    await allArrived(page).waitFor();
    await page.getByRole('button', { name: 'Remove IMG_0002.jpg' }).click();
    expect(await tiles(page).count()).toBe(2);
    await watch.judge('removed');
    await page.getByRole('button', { name: 'Undo' }).click();
    expect(await tiles(page).allTextContents()).toEqual([
      expect.stringContaining('IMG_0001'),
      expect.stringContaining('IMG_0002'),
      expect.stringContaining('IMG_0003'),
    ]);
    await page.getByRole('button', { name: /^IMG_0003\.jpg/ }).click();
    await page.getByRole('dialog').waitFor();
    await watch.judge('one file');
    await page.getByRole('dialog').getByRole('button', { name: 'Close' }).click();
    const letter = { name: 'letter.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7') };
    await picker(page).setInputFiles([letter]);
    await page.getByRole('alert').getByText('Only pictures are taken here.').waitFor();
    await watch.judge('refused');
    expect(watch.troubles.filter((trouble) => isTrouble(trouble) && !/status of 403/.test(trouble))).toEqual(
      [],
    );
  });

  it('asks again for files that the browser has not kept, and sends none of them twice', async () => {
    await using visiting = await visit(await scene.addDrop());
    const { page, watch } = visiting;
    const network = await holdAfter(page, scene.bucket.server.url, 2);
    await picker(page).setInputFiles(photos.slice(0, 4));
    await page.getByText(/^2 of 4 files arrived/).waitFor();
    await page.evaluate(forgetFiles);
    await page.reload();
    network.release();
    await page.getByText('Choose 2 files again').waitFor();
    await page.getByText('2 of 4 files arrived · 2 files to be chosen again', { exact: true }).waitFor();
    await watch.judge('to be chosen again');
    await picker(page).setInputFiles(photos.slice(0, 4));
    await allArrived(page).waitFor();
    await page.getByText('2 files are there already and were not added again.').waitFor();
    expect(await tiles(page).count()).toBe(4);
    expect([...network.puts.values()]).toEqual([1, 1, 1, 1]);
    expect(watch.troubles.filter(isTrouble)).toEqual([]);
  });

  it('takes photos that are chosen after its network has gone, and sends them when it is back', async () => {
    const drop = await scene.addDrop({ access: 'pin', password: '2468' });
    await using visiting = await visit(drop);
    const { context, page, watch } = visiting;
    await enterPin(page);
    await page.waitForLoadState('networkidle');
    await context.setOffline(true);
    await using stack = new AsyncDisposableStack();
    const folder = await mkdtemp(join(tmpdir(), 'windlass-photos-'));
    stack.defer(() => rm(folder, { recursive: true }));
    // By its name nobody can tell what it is: the page has to look at its first bytes.
    const nameless = join(folder, 'scan');
    await writeFile(nameless, photos[1]?.buffer ?? '');
    await picker(page).setInputFiles(photos.slice(0, 1));
    await picker(page).setInputFiles(nameless);
    await page.getByText('You are offline.').waitFor();
    await expect.poll(() => tiles(page).count()).toBe(2);
    await watch.judge('offline');
    await context.setOffline(false);
    await allArrived(page).waitFor();
    expect((await scene.keys('orders/')).filter((key) => key.endsWith('/scan'))).toHaveLength(1);
  });

  it('is sent from either of two tabs with the photos of both, and the other shows its receipt', async () => {
    const drop = await scene.addDrop({ fields: [] });
    await using visiting = await visit(drop);
    const { page, context } = visiting;
    const other = await context.newPage();
    await other.goto(drop.url);
    for (const [at, tab] of [page, other, page].entries()) {
      await picker(tab).setInputFiles(photos.slice(at, at + 1));
      await allArrived(tab).waitFor();
      for (const each of [page, ...(at === 0 ? [] : [other])])
        await expect.poll(() => tiles(each).count()).toBe(at + 1);
    }
    // What one tab takes out is out of the other.
    const name = photos[2]?.name ?? '';
    await page.getByRole('button', { name: `Remove ${name}` }).click();
    await expect.poll(() => tiles(other).count()).toBe(2);
    await other.getByLabel('Name').fill('Ada Lovelace');
    await send(other).click();
    for (const tab of [other, page]) {
      await tab.getByRole('heading', { name: 'Thank you. Your order has arrived.' }).waitFor();
      await tab.getByText(/· 2 files/).waitFor();
    }
    const number = (await other.getByText(/^Order \d\d-\d{5}$/).innerText()).slice('Order '.length);
    const kept = (await scene.keys('orders/')).filter((key) => key.includes(`/${number}/`));
    expect(kept).toEqual(
      expect.arrayContaining(photos.slice(0, 2).map(({ name: one }) => expect.stringMatching(`/${one}$`))),
    );
  });

  it('is one order in two tabs, and shows words to be agreed to that were changed meanwhile', async () => {
    const drop = await scene.addDrop({ consentText: 'You may print these.', fields: [] });
    await using visiting = await visit(drop);
    const { page, context } = visiting;
    const other = await context.newPage();
    await other.goto(drop.url);
    // Whichever is first.
    await Promise.all([page, other].map((tab, at) => picker(tab).setInputFiles(photos.slice(at, at + 1))));
    const numbers = [page, other].map((tab) => tab.getByText(/^Order \d\d-\d{5}$/).innerText());
    expect(new Set(await Promise.all(numbers)).size).toBe(1);
    await allArrived(other).waitFor();
    await allArrived(page).waitFor();
    await page.reload();
    await expect.poll(() => tiles(page).count()).toBe(2);

    await page.getByLabel('Name').fill('Ada Lovelace');
    await page.getByLabel('You may print these.').check();
    await edit(drop, { consentText: 'You may print and show these.' });
    await send(page).click();
    await page.getByText('Read it again, and tick its box.').waitFor();
    await page.getByLabel('You may print and show these.').check();
    await send(page).click();
    await page.getByRole('heading', { name: 'Thank you. Your order has arrived.' }).waitFor();
  });

  it('stands in a frame of another site, and tells it how tall it is', async () => {
    const drop = await scene.addDrop();
    const site = createServer((_request, response) => {
      response.setHeader('content-type', 'text/html');
      response.end(`<!doctype html><title>A shop</title><iframe src="${drop.url}"></iframe>
        <script>addEventListener('message', ({ data }) => { document.title = JSON.stringify(data) })</script>`);
    });
    await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve));
    await using stack = new AsyncDisposableStack();
    stack.defer(() => void site.close());
    const address = site.address();
    if (address === null || typeof address === 'string') throw new Error('The site has no port.');
    const visiting = stack.use(await visit({ url: `http://localhost:${address.port}/` }));
    const frame = visiting.page.frameLocator('iframe');
    await frame.getByRole('heading', { level: 1, name: 'Order prints' }).waitFor();
    await expect
      .poll(async () => JSON.parse(await visiting.page.title()) as unknown)
      .toEqual({ type: 'windlass:height', height: expect.any(Number) });
    await frame.locator('input[type=file]').first().setInputFiles(photos.slice(0, 1));
    await frame.getByText('All files have arrived', { exact: true }).waitFor();
  });

  it('says why it takes no orders, and that an address leads nowhere', async () => {
    const drop = await scene.addDrop();
    await edit(drop, { paused: true });
    await using visiting = await visit(drop);
    const { page, watch } = visiting;
    await page.getByText('Orders are paused').waitFor();
    expect(await picker(page).count()).toBe(0);
    await watch.judge('paused');
    await page.goto(`${scene.server.url}/d/nothing-here`);
    await page.getByRole('heading', { name: 'There is no such page' }).waitFor();
    await page.goto(`${scene.server.url}/o/${'x'.repeat(43)}`);
    await page.getByRole('heading', { name: 'There is no such page' }).waitFor();
    await watch.judge('nowhere');
    expect(watch.troubles.filter((trouble) => !/status of 404/.test(trouble))).toEqual([]);
  });
});
