import { chromium, type Browser } from 'playwright-core';

export const chromiumPath = '/usr/bin/chromium';

/** Nothing of it talks to the outside. */
export const chromiumFlags: readonly string[] = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Debian's Chromium, headless, with an empty profile. */
export const launchChromium = (executablePath = chromiumPath): Promise<Browser> =>
  chromium.launch({ executablePath, headless: true, args: [...chromiumFlags] });
