/**
 * Photographs every screen of the web app and lets axe judge it.
 *
 *   node tests/e2e/screens.ts --url http://localhost:7400 --email EMAIL --password PASSWORD --out DIR [--only NAME] [--no-axe]
 *
 * Each screen comes in light and dark, on a phone and a desktop, for three teams: the demo team ("full"), an empty
 * one, and one with the longest texts that the API takes. The two other teams are made when they are not there.
 * Exits with 1 when axe finds something or a page logs an error.
 */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import sharp from 'sharp';
import { launchChromium } from '../support/chromium.ts';
import { prepareTeams, type PreparedTeam } from './screen-teams.ts';

const { values } = parseArgs({
  options: {
    url: { type: 'string', default: 'http://localhost:7400' },
    email: { type: 'string' },
    password: { type: 'string' },
    out: { type: 'string', default: 'tests/e2e/screenshots' },
    only: { type: 'string' },
    'no-axe': { type: 'boolean', default: false },
  },
});
if (values.email === undefined || values.password === undefined) {
  console.error('usage: node tests/e2e/screens.ts --url URL --email EMAIL --password PASSWORD --out DIR');
  process.exit(2);
}
const { url: base, out } = values;
const credentials = { email: values.email, password: values.password };

const sizes = { phone: { width: 390, height: 844 }, desktop: { width: 1280, height: 800 } } as const;
const schemes = ['light', 'dark'] as const;

interface Screen {
  name: string;
  path: string;
  /** Something to do before the picture, such as opening a dialog. */
  act?: (page: Page) => Promise<void>;
}

const click = (name: string | RegExp) => async (page: Page) => {
  const button = page.getByRole('button', { name }).first();
  if ((await button.count()) > 0) await button.click();
};

/** The tab is not there where a source has no picture to show. */
const openTab = (name: string) => async (page: Page) => {
  const tab = page.getByRole('tab', { name, exact: true });
  if ((await tab.count()) > 0) await tab.click();
};

/** A photo for an order page, of which a customer sees that it arrives, or why it does not. */
const choosePhoto = async (page: Page): Promise<void> => {
  const buffer = await sharp({ create: { width: 640, height: 480, channels: 3, background: '#2a6f97' } })
    .jpeg()
    .toBuffer();
  await page
    .locator('input[type=file]')
    .first()
    .setInputFiles({ name: 'IMG_0001.jpg', mimeType: 'image/jpeg', buffer });
  await page.waitForLoadState('networkidle');
};

/** The button is dimmed while something is missing, and says what when it is pressed all the same. */
const sendIncomplete = async (page: Page): Promise<void> => {
  const button = page.getByRole('button', { name: /^Send/ });
  if ((await button.count()) > 0) await button.press('Enter');
};

/** Screens that need no session. */
const openScreens: readonly Screen[] = [
  { name: 'sign-in', path: '/sign-in' },
  { name: 'set-up', path: '/setup#token=an-example-token-of-forty-characters-1234' },
  { name: 'studio', path: '/studio' },
  { name: 'studio-share', path: '/studio', act: click('Share') },
  { name: 'studio-generate', path: '/studio?view=generate' },
  { name: 'studio-compare', path: '/studio?view=compare' },
  { name: 'studio-cors', path: '/studio?view=cors' },
  { name: 'order-page-nowhere', path: '/d/nothing-here' },
  { name: 'order-status-nowhere', path: `/o/${'x'.repeat(43)}` },
  { name: 'invitation-refused', path: '/invitation#token=bad-example-token-of-forty-characters-1' },
];

const screensOf = ({
  connectionId,
  sourceId,
  dropId,
  dropName,
  orderId,
}: PreparedTeam): readonly Screen[] => [
  { name: 'overview', path: '/' },
  { name: 'connections', path: '/connections' },
  { name: 'connection-new-job', path: '/connections/new' },
  { name: 'connection-new-bucket', path: '/connections/new?step=bucket', act: click('Next') },
  ...(connectionId === null
    ? []
    : (['rights', 'credentials', 'check'] as const).map((step) => ({
        name: `connection-new-${step}`,
        path: `/connections/new?made=${connectionId}&step=${step}`,
      }))),
  ...(connectionId === null
    ? []
    : [
        { name: 'connection', path: `/connections/${connectionId}` },
        { name: 'connection-delete', path: `/connections/${connectionId}`, act: click('Delete') },
        {
          name: 'connection-credentials',
          path: `/connections/${connectionId}`,
          act: click(/^(Replace|Set credentials)$/),
        },
      ]),
  { name: 'sources', path: '/sources' },
  { name: 'source-new', path: '/sources/new' },
  {
    name: 'source-new-web',
    path: '/sources/new',
    act: (page) => page.getByText('A web folder', { exact: true }).click(),
  },
  ...(sourceId === null
    ? []
    : [
        { name: 'source', path: `/sources/${sourceId}` },
        { name: 'source-srcset', path: `/sources/${sourceId}`, act: openTab('HTML, srcset') },
        { name: 'source-code', path: `/sources/${sourceId}`, act: openTab('Code') },
        {
          name: 'source-bad-value',
          path: `/sources/${sourceId}?q=${encodeURIComponent('width=0&aspect-ratio=16')}`,
        },
        { name: 'source-cache', path: `/sources/${sourceId}?view=cache` },
        { name: 'source-settings', path: `/sources/${sourceId}?view=settings` },
        { name: 'source-keys', path: `/sources/${sourceId}?view=settings`, act: click('Make new keys') },
      ]),
  { name: 'drops', path: '/drops' },
  { name: 'drop-new', path: '/drops/new' },
  { name: 'drop-settings', path: '/drops/settings' },
  ...(dropId === null
    ? []
    : [
        { name: 'drops-share', path: '/drops', act: click(/^Share /) },
        { name: 'drop', path: `/drops/${dropId}` },
        { name: 'drop-question', path: `/drops/${dropId}`, act: click(/^Size|^Donau/) },
        { name: 'drop-share', path: `/drops/${dropId}?view=share` },
        { name: 'drop-versions', path: `/drops/${dropId}?view=versions` },
        { name: 'drop-delete', path: `/drops/${dropId}?view=versions`, act: click('Delete') },
      ]),
  ...(dropName === null
    ? []
    : [
        { name: 'order-page', path: `/d/${dropName}` },
        { name: 'order-page-filled', path: `/d/${dropName}`, act: choosePhoto },
        { name: 'order-page-missing', path: `/d/${dropName}`, act: sendIncomplete },
      ]),
  { name: 'orders', path: '/orders' },
  { name: 'orders-none', path: '/orders?q=nothing-like-this' },
  ...(orderId === null
    ? []
    : [
        { name: 'order', path: `/orders/${orderId}` },
        { name: 'order-flat', path: `/orders/${orderId}?by=none` },
        { name: 'order-file', path: `/orders/${orderId}`, act: click(/^Open /) },
        { name: 'order-delete', path: `/orders/${orderId}`, act: click('Delete') },
      ]),
  { name: 'studio', path: '/studio' },
  { name: 'team', path: '/team' },
  { name: 'team-invite', path: '/team', act: click('Invite') },
  { name: 'team-key', path: '/team', act: click('New API key') },
  { name: 'team-webhook', path: '/team', act: click('New webhook') },
  { name: 'embedded-bucket', path: '/embedded-bucket' },
  { name: 'account', path: '/account' },
  { name: 'not-found', path: '/connections/con_0nothing' },
  { name: 'no-such-page', path: '/nowhere' },
];

const troubles: string[] = [];

const judge = async (page: Page, label: string): Promise<void> => {
  if (values['no-axe']) return;
  // In a window as tall as the page: what a fixed bar covers just now can be scrolled out from under it.
  const size = page.viewportSize();
  const height = await page.evaluate(() => document.documentElement.scrollHeight);
  if (size !== null && height > size.height) await page.setViewportSize({ width: size.width, height });
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
    .analyze();
  if (size !== null) await page.setViewportSize(size);
  for (const { id, help, nodes } of violations) {
    const where = nodes
      .slice(0, 3)
      .map((node) => `${node.target.join(' ')} ${node.failureSummary?.split('\n')[1] ?? ''}`);
    troubles.push(`${label}: axe ${id}: ${help}\n    ${where.join('\n    ')}`);
  }
};

/** A page wider than its window scrolls sideways: some text broke the layout. */
const checkWidth = async (page: Page, label: string): Promise<void> => {
  const over = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  if (over > 0) troubles.push(`${label}: ${over} px wider than the window`);
};

const shoot = async (
  context: BrowserContext,
  screen: Screen,
  label: string,
  search: string,
): Promise<void> => {
  if (values.only !== undefined && !label.includes(values.only)) return;
  const page = await context.newPage();
  page.on('pageerror', (error) => troubles.push(`${label}: ${error.message}`));
  page.on('console', (message) => {
    // A refused call is part of some screens and shown there.
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource')) {
      troubles.push(`${label}: console: ${message.text()}`);
    }
  });
  const [path = '', hash = ''] = screen.path.split('#');
  const joint = path.includes('?') ? '&' : '?';
  await page.goto(`${base}${path}${search === '' ? '' : joint + search}${hash === '' ? '' : `#${hash}`}`);
  await page
    .waitForLoadState('networkidle', { timeout: 15_000 })
    .catch(() => troubles.push(`${label}: never at rest`));
  await screen.act?.(page);
  await page.waitForTimeout(350);
  await checkWidth(page, label);
  await judge(page, label);
  await page.screenshot({ path: join(out, `${label}.png`), fullPage: screen.act === undefined });
  await page.close();
};

const shootAll = async (browser: Browser, teams: readonly PreparedTeam[]): Promise<void> => {
  for (const scheme of schemes) {
    for (const [size, viewport] of Object.entries(sizes)) {
      const options = { viewport, colorScheme: scheme, reducedMotion: 'reduce' as const };
      const stranger = await browser.newContext(options);
      for (const screen of openScreens) await shoot(stranger, screen, `${screen.name}.${size}.${scheme}`, '');
      await stranger.close();
      const context = await browser.newContext(options);
      await context.request.post(`${base}/api/v1/sessions`, { data: credentials, headers: { origin: base } });
      for (const team of teams) {
        for (const screen of screensOf(team)) {
          await shoot(
            context,
            screen,
            `${screen.name}.${team.kind}.${size}.${scheme}`,
            `team=${team.teamId}`,
          );
        }
      }
      await context.close();
    }
  }
};

await mkdir(out, { recursive: true });
const browser = await launchChromium(process.env['CHROMIUM']);
try {
  await shootAll(browser, await prepareTeams(base, credentials));
} finally {
  await browser.close();
}
for (const trouble of new Set(troubles)) console.error(trouble);
console.log(`${troubles.length === 0 ? 'nothing found' : `${troubles.length} findings`}; pictures in ${out}`);
process.exitCode = troubles.length === 0 ? 0 : 1;
