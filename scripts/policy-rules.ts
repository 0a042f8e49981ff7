import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { renderRules } from './policy-rules/render-rules.ts';

/**
 * Writes `docs/rules`, a page for each rule of the policy linter, out of `packages/policy/src/rules`. With `--check` it
 * only says whether the committed pages are what the rules give.
 */
const folder = new URL('../docs/rules/', import.meta.url);
const pages = renderRules();
await mkdir(folder, { recursive: true });
const present = await readdir(folder);
const stray = present.filter((name) => !pages.has(name));

if (process.argv.includes('--check')) {
  const stale: string[] = [...stray];
  for (const [name, text] of pages)
    if (!present.includes(name) || (await readFile(new URL(name, folder), 'utf8')) !== text) stale.push(name);
  if (stale.length > 0) {
    console.error(`Stale in docs/rules: ${stale.join(', ')}. Run \`node scripts/policy-rules.ts\`.`);
    process.exitCode = 1;
  }
} else {
  await Promise.all(stray.map(async (name) => rm(new URL(name, folder))));
  for (const [name, text] of pages) await writeFile(new URL(name, folder), text);
}
