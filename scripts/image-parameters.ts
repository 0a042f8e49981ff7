import { readFile, writeFile } from 'node:fs/promises';
import { renderReference } from './image-parameters/render-reference.ts';

/**
 * Writes `docs/guide/images-parameters.md` out of `packages/images/src/parameters`. With `--check` it only says whether
 * the committed page is what the table gives.
 */
const page = new URL('../docs/guide/images-parameters.md', import.meta.url);
const fresh = renderReference();

if (process.argv.includes('--check')) {
  const kept = await readFile(page, 'utf8').catch(() => '');
  if (kept !== fresh) {
    console.error('Stale: docs/guide/images-parameters.md. Run `node scripts/image-parameters.ts`.');
    process.exitCode = 1;
  }
} else {
  await writeFile(page, fresh);
}
