import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildServer } from '../build-server.js';
import { buildWeb } from '../build-web.js';
import { findNode, withNodeOnPath } from '../find-node.js';
import { runChild } from '../run-child.js';
import { provideRequirements } from '../test-requirements.js';
import { readSummary, summaryLine } from '../test-summary.js';

/** `npm test`: every suite, with what it needs; ends with one line of numbers. */
export const test = async (root, args) => {
  const node = findNode(root);
  const missing = await provideRequirements();
  await buildWeb(root, node);
  // Once for all: each worker of the tests would find it missing, and build it.
  await buildServer(root, node);

  const scratch = mkdtempSync(join(tmpdir(), 'windlass-report-'));
  const report = join(scratch, 'report.json');
  try {
    const code = await runChild(
      node,
      [
        join(root, 'node_modules', 'vitest', 'vitest.mjs'),
        'run',
        '--reporter=default',
        '--reporter=json',
        `--outputFile.json=${report}`,
        ...args,
      ],
      { cwd: root, env: { ...withNodeOnPath(node), WINDLASS_TEST_SKIP: missing.join(',') } },
    );
    console.log(`\n${summaryLine(readSummary(report))}`);
    return code;
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
};
