import { join } from 'node:path';
import { rolldown } from 'rolldown';

const root = join(import.meta.dirname, '../..');

/**
 * A package of ours as one script for a browser, its exports under one name of the page.
 *
 * @example await page.addScriptTag({ content: await bundleForBrowser('packages/transfer/src/index.ts', 'transfer') });
 */
export const bundleForBrowser = async (entry: string, name: string): Promise<string> => {
  await using bundle = await rolldown({ input: join(root, entry), platform: 'browser' });
  const { output } = await bundle.generate({ format: 'iife', name, codeSplitting: false });
  return output[0].code;
};
