import { CreateBucketCommand, PutBucketCorsCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { renderSamplePictures } from '@windlass/images/samples';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startCeph, type Ceph, type CephUser } from '../support/ceph/start-ceph.ts';
import { launchChromium } from '../support/chromium.ts';
import { owner } from '../support/owner.ts';
import { startServer, type ServerProcess } from '../support/server-process.ts';
import { lacks } from '../support/test-skip.ts';
import { watchPage } from './watch-page.ts';

const bucket = 'holiday';
const picture = { name: 'harbour-at-dawn.jpg', width: 2400, height: 1600 };
/** The width that the preview asks for at first, and the height that follows from the picture. */
const preview = { width: 600, height: 400 };

const fillBucket = async (ceph: Ceph, user: CephUser): Promise<void> => {
  const client = new S3Client({
    endpoint: ceph.endpoint,
    region: ceph.region,
    forcePathStyle: true,
    credentials: user,
  });
  const [drawn] = await renderSamplePictures({ only: [picture.name] });
  if (drawn === undefined) throw new Error(`There is no sample picture ${picture.name}.`);
  await client.send(new CreateBucketCommand({ Bucket: bucket }));
  await client.send(
    new PutObjectCommand({
      Bucket: bucket,
      Key: picture.name,
      Body: drawn.bytes,
      ContentType: drawn.contentType,
    }),
  );
  // The rules that the wizard shows, for any origin: where the server listens is not known yet.
  await client.send(
    new PutBucketCorsCommand({
      Bucket: bucket,
      CORSConfiguration: {
        CORSRules: [
          {
            AllowedOrigins: ['*'],
            AllowedMethods: ['GET', 'HEAD', 'PUT'],
            AllowedHeaders: ['*'],
            ExposeHeaders: ['ETag'],
          },
        ],
      },
    }),
  );
  client.destroy();
};

/** A refused secret is an answer of 422, which the browser notes in its console. */
const isRefusedSecret = (trouble: string): boolean => /status of 422 .*\/credentials\)$/.test(trouble);

const heading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name });

const sizeOf = (image: HTMLImageElement | SVGElement) => ({
  complete: Reflect.get(image, 'complete'),
  width: Reflect.get(image, 'naturalWidth'),
  height: Reflect.get(image, 'naturalHeight'),
});

// The way of somebody who has just started Windlass and has a bucket elsewhere, without a look at any manual.
describe.skipIf(lacks('ceph', 'chromium'))('a newcomer with a bucket on Ceph', () => {
  const cleanup = new AsyncDisposableStack();
  let browser: Browser;
  let ceph: Ceph;
  let user: CephUser;
  let server: ServerProcess;

  beforeAll(async () => {
    ceph = cleanup.use(await startCeph());
    user = await ceph.createUser('newcomer');
    const starting = startServer({ env: { WINDLASS_ALLOW_ENDPOINTS: new URL(ceph.endpoint).host } });
    // The picture is drawn while the server starts; whatever becomes of it, a started server is ended.
    const [started, filled] = await Promise.allSettled([starting, fillBucket(ceph, user)]);
    if (started.status === 'rejected') throw started.reason;
    server = cleanup.use(started.value);
    if (filled.status === 'rejected') throw filled.reason;
    browser = await launchChromium();
    cleanup.defer(() => browser.close());
  });
  afterAll(() => cleanup.disposeAsync());

  it('comes from the link of the console to a picture of their own', async () => {
    const context = await browser.newContext({
      viewport: { width: 1280, height: 800 },
      reducedMotion: 'reduce',
      permissions: ['clipboard-read', 'clipboard-write'],
    });
    context.setDefaultTimeout(15_000);
    const page = await context.newPage();
    const watch = watchPage(page, [server.url, server.imagesUrl]);
    if (server.ownerLink === null) throw new Error('The server printed no link for the owner.');

    await page.goto(server.ownerLink);
    await heading(page, 'Make the owner account').waitFor();
    expect(page.url(), 'the token must not stay in the address').not.toContain('token');
    await watch.judge('set up');
    await page.getByLabel('E-mail').fill(owner.email);
    await page.getByLabel('Your name').fill('Ada Newcomer');
    await page.getByLabel(/^Password/).fill(owner.password);
    await page.getByRole('button', { name: 'Make the account' }).click();

    await heading(page, 'Overview').waitFor();
    await page.getByRole('link', { name: 'Connect a bucket' }).waitFor();
    await watch.judge('overview');
    await page.getByRole('link', { name: 'Connect a bucket' }).click();

    await heading(page, 'Connect a bucket').waitFor();
    await page.getByRole('checkbox', { name: /^Gallery/ }).check();
    await watch.judge('wizard, job');
    await page.getByRole('button', { name: 'Next' }).click();
    await page.getByRole('combobox', { name: 'Provider' }).click();
    await page.getByRole('option', { name: 'Ceph RADOS Gateway' }).click();
    await page.getByLabel('Name').fill('photos');
    await page.getByLabel('Bucket').fill(bucket);
    await page.getByLabel('Endpoint').fill(ceph.endpoint);
    await watch.judge('wizard, bucket');
    await page.getByRole('button', { name: 'Next' }).click();
    await page.getByRole('heading', { name: 'What to set up' }).waitFor();
    await page.getByRole('tab', { name: 'Documents' }).click();
    await page
      .getByRole('figure', { name: 'Identity policy' })
      .getByText(`arn:aws:s3:::${bucket}`)
      .first()
      .waitFor();
    await watch.judge('wizard, rights');
    await page.getByRole('button', { name: /^I have it/ }).click();
    // What is wrong is told where it can be mended.
    await page.getByLabel('Access key id').fill(user.accessKeyId);
    await page.getByLabel('Secret access key').fill('not-the-secret');
    await page.getByRole('button', { name: 'Check and connect' }).click();
    await page
      .getByRole('alert')
      .getByText(/check failed/i)
      .waitFor();
    await page.getByLabel('Secret access key').fill(user.secretAccessKey);
    await watch.judge('wizard, credentials');
    await page.getByRole('button', { name: 'Check and connect' }).click();

    await page.getByRole('link', { name: 'Serve images from it' }).waitFor();
    const rights = page.getByRole('list', { name: 'Rights below the prefix' }).getByRole('listitem');
    const words = await rights.allInnerTexts();
    expect(words.length).toBeGreaterThan(4);
    expect(words.filter((text) => /^(Missing|Failed)/.test(text))).toEqual([]);
    // Who made a bucket on Ceph may do everything in it, and is told so.
    await page.getByText('These credentials can do everything in the bucket.').waitFor();
    await watch.judge('wizard, check');
    await page.getByRole('link', { name: 'Serve images from it' }).click();

    await heading(page, 'New image source').waitFor();
    await page.getByRole('textbox', { name: 'Name' }).fill('newcomer');
    await watch.judge('new source');
    await page.getByRole('button', { name: 'Make source' }).click();

    await heading(page, 'newcomer').waitFor();
    await page
      .getByRole('status', { name: 'Facts of the picture' })
      .getByText(`${preview.width} × ${preview.height} px`)
      .waitFor();
    // The stage shows bytes that it has fetched itself; the grid above shows the same picture by its URL.
    const stage = page.getByRole('img', { name: picture.name }).and(page.locator('[src^="blob:"]'));
    expect(await stage.evaluate(sizeOf)).toEqual({ complete: true, ...preview });
    const thumbnail = page.getByRole('list', { name: 'Pictures' }).getByRole('img', { name: picture.name });
    await expect.poll(() => thumbnail.evaluate(sizeOf)).toEqual({ complete: true, width: 96, height: 96 });
    await watch.judge('preview');

    await page.getByRole('button', { name: 'Copy URL' }).click();
    await page.getByText('URL copied').waitFor();
    const url = await page.evaluate(() => navigator.clipboard.readText());
    expect(url).toMatch(new RegExp(`^${server.imagesUrl}/.*width=${preview.width}`));
    // In a window of its own, as whoever gets the address would open it.
    const stranger = await browser.newPage();
    const answer = await stranger.goto(url);
    expect(answer?.status()).toBe(200);
    expect(await answer?.headerValue('content-type')).toMatch(/^image\/(webp|jpeg)$/);
    expect(await stranger.locator('img').evaluate(sizeOf)).toEqual({ complete: true, ...preview });
    await stranger.close();

    await page.getByRole('link', { name: 'Overview' }).click();
    const connection = page.getByRole('list', { name: 'Connections' }).getByRole('listitem');
    await connection.filter({ hasText: 'photos' }).getByText('Active').waitFor();
    await page.getByRole('list', { name: 'Pictures in newcomer' }).getByRole('img').waitFor();
    await watch.judge('overview with a bucket');
    expect(watch.troubles.filter((trouble) => !isRefusedSecret(trouble))).toEqual([]);
    await context.close();
  });
});
