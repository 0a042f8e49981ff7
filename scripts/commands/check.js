import { join } from 'node:path';
import { findNode, withNodeOnPath } from '../find-node.js';
import { announce } from '../progress.js';
import { runQuietly } from '../run-child.js';

const checks = [
  { name: 'Format', script: 'node_modules/oxfmt/bin/oxfmt', args: ['--check'] },
  { name: 'Lint', script: 'node_modules/oxlint/bin/oxlint', args: ['--type-aware'] },
  { name: 'Types', script: 'node_modules/typescript-7/bin/tsc', args: ['-p', '.'] },
  {
    name: 'Boundaries',
    script: 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs',
    args: ['--config', '.dependency-cruiser.cjs', 'apps', 'packages'],
  },
  { name: 'OpenAPI document', script: 'apps/server/src/openapi.ts', args: ['--check'] },
  { name: 'Policy facts', script: 'scripts/policy-facts.ts', args: ['--check'] },
  { name: 'Policy rules', script: 'scripts/policy-rules.ts', args: ['--check'] },
  { name: 'Image parameters', script: 'scripts/image-parameters.ts', args: ['--check'] },
];

/** `npm run check`: everything that is not a test. All of it runs, so that one look shows all that is wrong. */
export const check = async (root) => {
  const node = findNode(root);
  let failed = 0;
  for (const { name, script, args } of checks) {
    const done = announce(name);
    const { code, output } = await runQuietly(node, [join(root, script), ...args], {
      cwd: root,
      env: withNodeOnPath(node),
    });
    done(code === 0 ? 'ok' : 'FAILED');
    if (code === 0) continue;
    failed += 1;
    console.error(output.trim());
  }
  return failed === 0 ? 0 : 1;
};
