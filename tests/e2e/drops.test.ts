import { readFile } from 'node:fs/promises';
import { PutBucketCorsCommand } from '@aws-sdk/client-s3';
import { checkConnection, listDrops, type Drop } from '@windlass/contract';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import yauzl from 'yauzl';
import { startOrderBrowser, type OrderBrowser, type Visit } from '../support/order-browser.ts';
import type { Photo } from '../support/order-scene.ts';
import { owner } from '../support/owner.ts';
import { lacks } from '../support/test-skip.ts';

const desktop = { width: 1280, height: 900 };
const phone = { width: 390, height: 844 };

/** What the page itself called off, because somebody went on, went well. */
const isTrouble = (trouble: string): boolean => !/^failed: .*: net::ERR_ABORTED$/.test(trouble);

const textbox = (page: Page, name: string) => page.getByRole('textbox', { name, exact: true });
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

/** Presses the button and reads the zip that comes of it: bytes by name. */
const download = async (page: Page, name: string): Promise<Map<string, Buffer>> => {
  const [saved] = await Promise.all([page.waitForEvent('download'), button(page, name).click()]);
  const zip = await yauzl.fromBufferPromise(await readFile(await saved.path()));
  const files = new Map<string, Buffer>();
  for await (const entry of zip.eachEntry()) {
    const parts = await (await zip.openReadStreamPromise(entry)).toArray();
    files.set(entry.fileName, Buffer.concat(parts as Buffer[])); // A stream of bytes without an encoding.
  }
  return files;
};

/** Questions for each file, in their order. */
const fileIds = ({ fields }: Drop): string[] =>
  fields.filter(({ scope }) => scope === 'file').map(({ id }) => id);

describe.skipIf(lacks('chromium'))('a lab’s order pages and uploads', () => {
  let scene: OrderBrowser;
  let photos: readonly Photo[];
  beforeAll(async () => {
    scene = await startOrderBrowser();
    ({ photos } = scene);
  });
  afterAll(() => scene?.[Symbol.asyncDispose]());

  const signIn = async (look: BrowserContextOptions = {}): Promise<Visit> => {
    const visit = await scene.visit({ viewport: desktop, ...look });
    const { context } = visit;
    // The dialog in which a file is chosen is the system's own: without it the page keeps the zip in memory.
    await context.addInitScript(() => Reflect.deleteProperty(globalThis, 'showSaveFilePicker'));
    const { url } = scene.server;
    await context.request.post(`${url}/api/v1/sessions`, { data: owner, headers: { origin: url } });
    return visit;
  };
  const dropNamed = async (name: string): Promise<Drop> => {
    const { items } = await scene.client.call(listDrops, {
      params: { teamId: scene.teamId },
      query: { limit: 50 },
    });
    const drop = items.find((one) => one.name === name);
    if (drop === undefined) throw new Error(`There is no order page ${name}.`);
    return drop;
  };

  /** A key that may read too, found out by a check, and a bucket that lets pages read: the in-page zip needs it. */
  const letLabRead = async (): Promise<void> => {
    const { bucket, client, teamId, server } = scene;
    const photosOf = 'arn:aws:s3:::photos';
    const policy = JSON.stringify({
      Version: '2012-10-17',
      Statement: [
        { Effect: 'Allow', Action: 's3:GetObject', Resource: `${photosOf}/lab/*` },
        // Without it S3 answers 403 for a key that is not there, and no check could tell whether it may be read.
        { Effect: 'Allow', Action: 's3:ListBucket', Resource: photosOf },
      ],
    });
    await bucket.server.iam.putPolicy({ user: 'put-only' }, 'read', policy);
    const rule = {
      AllowedOrigins: [server.url],
      AllowedMethods: ['PUT', 'GET'],
      AllowedHeaders: ['*'],
      ExposeHeaders: ['ETag'],
    };
    await bucket
      .client()
      .send(new PutBucketCorsCommand({ Bucket: 'photos', CORSConfiguration: { CORSRules: [rule] } }));
    const { connectionId } = await scene.addDrop();
    await client.call(checkConnection, { params: { teamId, connectionId } });
  };

  /** What a page has loaded to show: bytes of each picture that the image server made, and URLs of originals. */
  const picturesLoaded = async (page: Page) => {
    const loaded = await page.evaluate(() =>
      performance
        .getEntriesByType('resource')
        .map((entry) => entry as PerformanceResourceTiming) // What entries of this type are.
        .map(({ name, encodedBodySize }) => ({ url: name, bytes: encodedBodySize })),
    );
    const from = (origin: string) => loaded.filter(({ url }) => url.startsWith(`${origin}/`));
    return {
      pictures: from(scene.server.imagesUrl).map(({ bytes }) => bytes),
      originals: from(scene.bucket.server.url).map(({ url }) => url),
    };
  };

  /** A customer with a phone orders all thirty photos, the third one large, and is left at the receipt. */
  const orderThirty = async (drop: Drop) => {
    const customer = await scene.visit({ viewport: phone, hasTouch: true });
    const { page } = customer;
    await page.goto(drop.url);
    await page.getByLabel('Name').fill('Ada Lovelace');
    await page.locator('input[type=file]').first().setInputFiles(photos);
    await page.getByText('All files have arrived', { exact: true }).waitFor();
    await page.getByRole('group', { name: 'For all 30 files' }).getByLabel('Size').selectOption('10x15');
    await page.getByRole('button', { name: /^IMG_0003\.jpg/ }).click();
    await page.getByRole('dialog').getByLabel('Size').selectOption('20x30');
    await page.getByRole('dialog').getByRole('button', { name: 'Close' }).click();
    await page.getByRole('button', { name: /^Send/ }).click({ force: true });
    await page.getByRole('heading', { name: 'Thank you. Your order has arrived.' }).waitFor();
    const number = (
      await page
        .getByText(/^Order \d\d-\d{5}$/)
        .first()
        .innerText()
    ).replace('Order ', '');
    return { number, customer };
  };

  it('are led to from nothing, made beside a preview, shared and changed', async () => {
    await using desk = await signIn();
    const { page, watch } = desk;
    await page.goto(`${scene.server.url}/drops`);
    await watch.judge('no order page');
    await page.getByRole('link', { name: 'Make an order page' }).click();
    const preview = page.getByRole('figure', { name: 'Preview of the order page' });
    await textbox(page, 'Title').fill('Prints of the harbour');
    expect(await textbox(page, 'Address').inputValue()).toBe('prints-of-the-harbour');
    await preview.getByText('Prints of the harbour').waitFor();

    await button(page, 'Add a question for each file').click();
    await page.getByRole('menuitem', { name: 'Choice' }).click();
    await textbox(page, 'Question').fill('Border');
    await textbox(page, 'Options, one a line').fill('White\nNone');
    await preview.getByText('White').waitFor();
    await page.getByText('Limits, deadline, password, retention, quotas and more').click();
    await textbox(page, 'Days that files are kept').fill('30');
    await watch.judge('builder');
    await button(page, 'Make the page').click();

    await page.getByRole('img', { name: 'QR code of Prints of the harbour' }).waitFor();
    await watch.judge('share');
    const made = await dropNamed('prints-of-the-harbour');
    expect(fileIds(made)).toEqual(['size', 'finish', 'quantity', 'border']);

    await page.getByRole('tab', { name: 'Build' }).click();
    await button(page, 'Move Border up').click();
    await button(page, 'Remove Finish').click();
    await page.getByRole('status').getByText('“Finish” is removed.').waitFor();
    await textbox(page, 'Text').fill('Ready in two days.');
    await page.getByRole('link', { name: 'Overview' }).click();
    await page.getByRole('dialog', { name: 'Leave without saving?' }).waitFor();
    await watch.judge('saved page, with a question to whoever leaves');
    await button(page, 'Stay').click();
    await button(page, 'Save').click();
    await page.getByText('The order page is saved.').waitFor();
    const saved = await dropNamed('prints-of-the-harbour');
    expect(saved.formVersion).toBe(2);
    expect(fileIds(saved)).toEqual(['size', 'border', 'quantity']);
    expect(watch.troubles.filter(isTrouble)).toEqual([]);
  });

  it('tell whoever saves second, and keep what was typed', async () => {
    const drop = await scene.addDrop({ title: 'Two at one page' });
    await using first = await signIn();
    await using second = await signIn();
    for (const { page } of [first, second]) {
      await page.goto(`${scene.server.url}/drops/${drop.id}`);
      await textbox(page, 'Title').waitFor();
    }
    await textbox(first.page, 'Title').fill('The first');
    await textbox(second.page, 'Title').fill('The second');
    await button(first.page, 'Save').click();
    await first.page.getByText('The order page is saved.').waitFor();
    await button(second.page, 'Save').click();
    await second.page.getByRole('alert').waitFor();
    expect(await textbox(second.page, 'Title').inputValue()).toBe('The second');
    await button(second.page, 'Drop my changes and show what is stored').click();
    await expect.poll(() => textbox(second.page, 'Title').inputValue()).toBe('The first');
  });

  it('take files and folders from the page of a connection into the bucket and the ledger', async () => {
    await using desk = await signIn({ viewport: phone, colorScheme: 'dark' });
    const { page, watch } = desk;
    await page.goto(`${scene.server.url}/connections`);
    await page.getByRole('link', { name: 'lab' }).click();
    await textbox(page, 'Below').fill('incoming');
    const chosen = page.getByLabel('Choose files').and(page.locator('input'));
    const four = photos.slice(0, 4);
    await chosen.setInputFiles(four);
    await page.getByText(/^4 of 4 files, /).waitFor();
    const ledger = page.getByRole('list', { name: 'Uploads' });
    await ledger.getByText('lab/incoming/IMG_0004.jpg').waitFor();
    expect((await scene.keys('incoming/')).toSorted()).toEqual(four.map(({ name }) => `incoming/${name}`));
    await watch.judge('uploaded');

    // Nothing is overwritten: the second of a name is refused, with its reason.
    await button(page, 'Clear the list').click();
    await chosen.setInputFiles(photos.slice(0, 1));
    await page.getByRole('region', { name: 'Files being uploaded' }).getByText('Failed').waitFor();
    await watch.judge('refused');
    await page.getByRole('button', { name: 'Revoke the grant for incoming/' }).click();
    await button(page, 'Revoke').click();
    await page.getByText('The grant is revoked.').waitFor();
    expect(watch.troubles.filter(isTrouble)).toEqual([]);
  });

  it('are fetched, printed alike and moved on by the lab, and their customers see it', async () => {
    await letLabRead();
    const drop = await scene.addDrop({ title: 'Holiday prints', consentText: '' });
    const { number, customer } = await orderThirty(drop);
    await using ordering = customer;
    await using desk = await signIn();
    const { page, watch } = desk;

    // Down the rows and in, without a mouse.
    await page.goto(`${scene.server.url}/orders?drop=${drop.id}`);
    const row = page.getByRole('list', { name: 'Orders' }).getByRole('link', { name: number });
    await row.waitFor();
    await watch.judge('orders');
    await page.getByRole('searchbox').fill('lovelace');
    await expect.poll(() => new URL(page.url()).searchParams.get('q')).toBe('lovelace');
    await page.getByLabel(`Select order ${number}`).focus();
    await page.keyboard.press('Home');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: number }).waitFor();

    const large = page.getByRole('list', { name: 'Files: 20 × 30 cm, Copies: 1' });
    expect(await large.getByRole('listitem').count()).toBe(1);
    expect(
      await page
        .getByRole('list', { name: /^Files: / })
        .getByRole('listitem')
        .count(),
    ).toBe(30);
    await page.locator('[data-look=shown]').nth(3).waitFor();
    const { pictures, originals } = await picturesLoaded(page);
    expect(pictures.length).toBeGreaterThan(3);
    expect(Math.max(...pictures)).toBeLessThan(Math.min(...photos.map(({ buffer }) => buffer.length)));
    expect(originals).toEqual([]);
    await large.getByRole('button', { name: 'Open IMG_0003.jpg' }).click();
    await page.getByRole('img', { name: 'IMG_0003.jpg' }).waitFor();
    await watch.judge('one file');
    await page.keyboard.press('Escape');

    const names = photos.map(({ name }) => name);
    const zips = await download(page, 'Download all as zip');
    expect([...zips.keys()].filter((name) => name !== 'manifest.json').toSorted()).toEqual(names);
    const differing = photos.filter(({ name, buffer }) => zips.get(name)?.equals(buffer) !== true);
    expect(differing.map(({ name }) => name)).toEqual([]);
    await page.getByRole('main').getByText('Downloaded', { exact: true }).first().waitFor();
    const here = await download(page, 'Build the zip in this page');
    expect([...here.keys()].toSorted()).toEqual(names);
    expect(here.get('IMG_0030.jpg')).toEqual(photos[29]?.buffer);

    await textbox(page, 'New note').fill('Glossy, as always.');
    await button(page, 'Add the note').click();
    await page.getByRole('list', { name: 'Notes' }).getByText('Glossy, as always.').waitFor();
    await button(page, 'In production').click();
    await page.getByText(`${number} is now: In production.`).waitFor();
    await watch.judge('order');

    await ordering.page.getByRole('link', { name: /\/o\// }).click();
    const current = ordering.page.getByRole('list', { name: 'Steps' }).locator('[aria-current]');
    await current.filter({ hasText: 'In production' }).waitFor();
    await ordering.page.close();

    // The lab's own word for it, here and at the desk.
    await page.goto(`${scene.server.url}/drops/settings`);
    await textbox(page, 'What you call In production').fill('In the darkroom');
    await button(page, 'Save').click();
    await page.getByText('The names are saved.').waitFor();
    await watch.judge('states and costs');
    await page.goto(`${scene.server.url}/orders?state=inProduction`);
    await page.getByRole('list', { name: 'Orders' }).getByText('In the darkroom').waitFor();
    await page.getByLabel(`Select order ${number}`).check();
    await button(page, 'Set the state').click();
    await page.getByRole('menuitem', { name: 'Ready' }).click();
    await page.getByText('1 order: Ready.').waitFor();
    expect(watch.troubles.filter(isTrouble)).toEqual([]);
  });
});
