import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchChromium } from '../support/chromium.ts';
import { owner, ownerEnvironment } from '../support/owner.ts';
import type { ServerProcess } from '../support/server-process.ts';
import { startSharedPostgresServer } from '../support/shared-postgres-server.ts';
import { lacks } from '../support/test-skip.ts';
import { watchPage, type PageWatch } from './watch-page.ts';

/** The hardening policy that Videsk publishes, with its placeholders filled in. */
const videskPolicy = JSON.stringify(
  {
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'AllowPrefixedWrites',
        Effect: 'Allow',
        Principal: { AWS: 'arn:aws:iam::111122223333:user/videsk-connector' },
        Action: 's3:PutObject',
        Resource: 'arn:aws:s3:::videsk-storage-s3/uploads/*',
      },
      {
        Sid: 'DenyNonPrefixedWrites',
        Effect: 'Deny',
        Principal: { AWS: 'arn:aws:iam::111122223333:user/videsk-connector' },
        Action: 's3:PutObject',
        Resource: 'arn:aws:s3:::videsk-storage-s3/*',
        Condition: { StringNotLikeIfExists: { 's3:prefix': ['uploads/*'] } },
      },
    ],
  },
  null,
  4,
);
const desktop = { width: 1280, height: 800 };
const phone = { width: 390, height: 844 };

const editor = (page: Page) => page.getByRole('textbox', { name: 'Bucket policy' });
const findings = (page: Page) => page.getByRole('list', { name: 'Findings' });
const verdict = (page: Page) => page.getByRole('status', { name: 'Verdict' });
/** The text of the lines that are lit, without their indentation. */
const litText = async (page: Page): Promise<string> =>
  (await page.locator('.wl-lit').allInnerTexts()).map((line) => line.trim()).join('');

/** The statement that is lit: the editor shows it a moment after the verdict. Null while it is none. */
const litStatement = async (page: Page): Promise<unknown> => {
  try {
    return JSON.parse((await litText(page)).replace(/,$/, ''));
  } catch {
    return null;
  }
};

/** As a person does: everything is selected, and what is in the clipboard takes its place. */
const paste = async (page: Page, text: string): Promise<void> => {
  await page.evaluate((copied) => navigator.clipboard.writeText(copied), text);
  await editor(page).click();
  await page.keyboard.press('Control+a');
  await page.keyboard.press('Control+v');
};

describe.skipIf(lacks('chromium'))('the policy studio', () => {
  const cleanup = new AsyncDisposableStack();
  let browser: Browser;
  let server: ServerProcess;
  let address: string;

  beforeAll(async () => {
    server = cleanup.use(
      await startSharedPostgresServer({ env: { ...ownerEnvironment, WINDLASS_BUCKET: 'off' } }),
    );
    address = `${server.url}/studio`;
    browser = await launchChromium();
    cleanup.defer(() => browser.close());
  });
  afterAll(() => cleanup.disposeAsync());

  interface Opened extends AsyncDisposable {
    page: Page;
    watch: PageWatch;
    /** Every request since the page was opened, but for its own files. */
    calls: string[];
  }

  const open = async (url: string, options: BrowserContextOptions = {}): Promise<Opened> => {
    const context = await browser.newContext({
      viewport: desktop,
      reducedMotion: 'reduce',
      permissions: ['clipboard-read', 'clipboard-write'],
      ...options,
    });
    context.setDefaultTimeout(15_000);
    const page = await context.newPage();
    const watch = watchPage(page, [server.url, server.imagesUrl]);
    const calls: string[] = [];
    page.on('request', (request) => {
      const { origin, pathname } = new URL(request.url());
      const file = /^\/(assets\/|studio$|favicon\.svg$|color-scheme\.js$)/.test(pathname);
      if (origin !== server.url || !file || request.method() !== 'GET') calls.push(request.url());
    });
    await page.goto(url);
    await findings(page).waitFor();
    return { page, watch, calls, [Symbol.asyncDispose]: () => context.close() };
  };

  it('finds what shuts out every upload, lights it, mends it, and sees the verdict turn', async () => {
    await using opened = await open(address);
    const { page, watch, calls } = opened;
    await page.getByRole('heading', { level: 1, name: 'Policy studio' }).waitFor();
    await paste(page, videskPolicy);
    const finding = findings(page).getByRole('listitem').filter({ hasText: 'S3C002' });
    await finding.waitFor();
    const line = videskPolicy.split('\n').findIndex((text) => text.includes('s3:prefix')) + 1;
    await finding.getByRole('button', { name: `Go to line ${line}` }).click();
    await expect.poll(() => page.locator('.cm-activeLineGutter').last().innerText()).toBe(String(line));

    await page.getByLabel('Bucket', { exact: true }).fill('videsk-storage-s3');
    await page.getByLabel('Key', { exact: true }).fill('uploads/a.jpg');
    await page
      .getByRole('combobox', { name: 'Principal' })
      .fill('arn:aws:iam::111122223333:user/videsk-connector');
    await verdict(page).getByText('Denied by a statement').waitFor();
    await verdict(page).getByText('DenyNonPrefixedWrites').waitFor();
    await expect.poll(() => litStatement(page)).toEqual(JSON.parse(videskPolicy).Statement[1]);
    await watch.judge('denied');

    await finding.getByRole('button', { name: 'Replace the condition by NotResource' }).click();
    await verdict(page).getByText('Allowed').waitFor();
    await expect.poll(() => litStatement(page)).toMatchObject({ Sid: 'AllowPrefixedWrites' });
    await expect.poll(() => finding.count()).toBe(0);
    await watch.judge('allowed');
    await page.getByLabel('Key', { exact: true }).fill('x.jpg');
    await verdict(page).getByText('Denied by a statement').waitFor();

    await page.getByRole('button', { name: 'Undo' }).click();
    await finding.waitFor();
    await page.getByRole('button', { name: 'Redo' }).click();
    await expect.poll(() => finding.count()).toBe(0);
    expect(calls, 'nothing may leave the page').toEqual([]);
    expect(watch.troubles).toEqual([]);
  });

  it('hands everything over in a link that no server sees', async () => {
    await using opened = await open(address);
    const { page, calls } = opened;
    await paste(page, videskPolicy);
    await page.getByLabel('Key', { exact: true }).fill('uploads/ünï → 日本.jpg');
    await page.getByRole('button', { name: 'Share' }).click();
    await page.getByRole('button', { name: 'Copy link' }).click();
    await page.getByText('link copied').waitFor();
    const link = await page.evaluate(() => navigator.clipboard.readText());
    expect(link.startsWith(`${address}#`)).toBe(true);

    await using received = await open(link);
    expect((await editor(received.page).innerText()).split('\n').length).toBeGreaterThan(20);
    await expect.poll(() => editor(received.page).innerText()).toContain('DenyNonPrefixedWrites');
    expect(await received.page.getByLabel('Key', { exact: true }).inputValue()).toBe(
      'uploads/ünï → 日本.jpg',
    );
    expect(received.page.url(), 'a reload must not undo what is edited').not.toContain('#');
    await received.page.getByLabel('Key', { exact: true }).fill('kept.jpg');
    await received.page.reload();
    await editor(received.page).waitFor();
    expect(await received.page.getByLabel('Key', { exact: true }).inputValue()).toBe('kept.jpg');
    expect(await editor(received.page).innerText()).toContain('DenyNonPrefixedWrites');
    expect([...calls, ...received.calls]).toEqual([]);

    await using broken = await open(link.slice(0, -30));
    await broken.page.getByRole('alert').getByText('The link did not open').waitFor();
  });

  it('stays quick and says why when somebody pastes a megabyte', async () => {
    await using opened = await open(address);
    const { page, watch } = opened;
    await paste(page, `{"Statement": [${'{"Effect": "Allow"},'.repeat(52_000)}]}`);
    await page.getByRole('status').filter({ hasText: 'more than any policy may have' }).waitFor();
    await paste(
      page,
      JSON.stringify({
        Version: '2012-10-17',
        Statement: Array.from({ length: 3000 }, () => ({ Effect: 'Allow' })),
      }),
    );
    await page.getByRole('status').filter({ hasText: 'longer than any policy may be' }).waitFor();
    const hostile = {
      Effect: 'Allow',
      Principal: '*',
      Action: 's3:PutObject',
      Resource: `arn:aws:s3:::b/${'*a'.repeat(300)}*b`,
    };
    await paste(
      page,
      JSON.stringify({ Version: '2012-10-17', Statement: Array.from({ length: 20 }, () => hostile) }),
    );
    await page.getByLabel('Bucket', { exact: true }).fill('b');
    await page.getByLabel('Key', { exact: true }).fill('a'.repeat(1000));
    await verdict(page).getByText('Denied: nothing allows it').waitFor();
    expect(watch.troubles).toEqual([]);
  });

  // Each scheme and each size once: no colour depends on a size, and no width on a scheme.
  it.each([
    ['light', desktop],
    ['dark', phone],
  ] as const)('is as it should be in %s at %o', async (colorScheme, viewport) => {
    await using opened = await open(address, { colorScheme, viewport });
    const { page, watch, calls } = opened;
    for (const view of ['Check', 'Generate', 'Compare', 'CORS']) {
      await page.getByRole('tab', { name: view, exact: true }).click();
      await page.getByRole('tabpanel', { name: view, exact: true }).waitFor();
      await watch.judge(`${view} ${colorScheme}`);
      const width = await page.evaluate(() => document.documentElement.scrollWidth);
      expect(width, `${view} may not stick out sideways`).toBe(viewport.width);
    }
    expect(new URL(page.url()).search).toBe('?view=cors');
    expect(calls).toEqual([]);
    expect(watch.troubles).toEqual([]);
  });

  it('makes documents for a job, tries them, and shows a job what a policy lacks', async () => {
    await using opened = await open(address);
    const { page, watch, calls } = opened;
    await page.getByRole('tab', { name: 'Generate', exact: true }).click();
    await page.getByRole('checkbox', { name: 'Deliver', exact: true }).check();
    await page
      .getByText(/^Tried: \d+ calls that it needs are allowed, \d+ that it must not make are denied\.$/)
      .waitFor();
    await page.getByRole('tab', { name: 'Terraform' }).click();
    await page.getByRole('figure', { name: 'Terraform' }).getByText('aws_s3_bucket_policy').first().waitFor();
    await page.getByRole('combobox', { name: 'Provider' }).click();
    await page.getByRole('option', { name: 'Cloudflare R2' }).click();
    await expect.poll(() => page.getByRole('tab', { name: 'Terraform' }).count()).toBe(0);
    await page.getByRole('combobox', { name: 'Provider' }).click();
    await page.getByRole('option', { name: 'AWS S3' }).click();
    await page.getByRole('button', { name: 'Check and try these' }).click();
    await verdict(page).getByText('Allowed').waitFor();

    await page.getByRole('tab', { name: 'Compare', exact: true }).click();
    await page.getByRole('button', { name: 'Try: Upload above the prefix' }).click();
    await page.getByRole('textbox', { name: 'Identity policy' }).waitFor();
    await verdict(page).getByText('Allowed').waitFor();
    expect(calls).toEqual([]);
    expect(watch.troubles).toEqual([]);
  });

  it('stands within the app for whoever is signed in', async () => {
    await using opened = await open(address);
    const { page, watch } = opened;
    await page.getByRole('link', { name: 'Sign in' }).click();
    await page.getByLabel('E-mail').fill(owner.email);
    await page.getByLabel(/^Password/).fill(owner.password);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Policy studio' }).click();
    await findings(page).waitFor();
    await page.getByRole('navigation', { name: 'Main' }).waitFor();
    await watch.judge('in the shell');
    await page.reload();
    await findings(page).waitFor();
    await page.getByRole('navigation', { name: 'Main' }).waitFor();
    expect(watch.troubles).toEqual([]);
  });
});
