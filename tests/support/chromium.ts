import { existsSync } from 'node:fs';
import { chromium, type Browser } from 'playwright-core';

const executablePath = '/usr/bin/chromium';

/** True where Debian's package `chromium` is installed. */
export const chromiumInstalled = (): boolean => existsSync(executablePath);

/** Debian's Chromium, headless, with an empty profile and nothing that talks to the outside. */
export const launchChromium = (): Promise<Browser> =>
  chromium.launch({
    executablePath,
    headless: true,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
