import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { operations } from '@windlass/contract';
import packageJson from '../package.json' with { type: 'json' };
import { describeZips } from './features/downloads/index.ts';
import { describeImages } from './features/images/index.ts';
import { buildOpenApi } from './platform/http/openapi/build-openapi.ts';

/** Writes docs/api/openapi.json; with --check it writes nothing and fails when the file is not up to date. */
const path = join(import.meta.dirname, '../../../docs/api/openapi.json');
const fresh = `${JSON.stringify(buildOpenApi(operations, packageJson.version, [describeImages(), describeZips()]), null, 2)}\n`;

if (process.argv.includes('--check')) {
  const kept = await readFile(path, 'utf8').catch(() => '');
  if (kept !== fresh) {
    const lines = fresh.split('\n');
    const at = kept.split('\n').findIndex((line, index) => line !== lines[index]);
    process.stderr.write(
      `docs/api/openapi.json is not what the contract says (first difference in line ${Math.max(at, 0) + 1}).\n` +
        'Write it anew: node apps/server/src/openapi.ts\n',
    );
    process.exitCode = 1;
  }
} else {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, fresh);
}
