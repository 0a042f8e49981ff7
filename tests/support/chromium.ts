import { chromium, type Browser } from 'playwright-core';

const executablePath = '/usr/bin/chromium';

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
