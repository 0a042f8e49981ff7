import { cp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { findNode, withNodeOnPath } from './find-node.js';
import { repositoryRoot } from './repository-root.js';
import { runQuietly } from './run-child.js';

/** An entry of the sources as those who install the package find it. */
const builtEntry = (source) => {
  const file = source.replace('./src/', './').replace(/\.ts$/, '');
  return { types: `${file}.d.ts`, default: `${file}.js` };
};

/** The package as it is published: JavaScript and declarations, for every runtime from Node 20 on unless it says otherwise. */
const publishedManifest = (manifest) => ({
  ...manifest,
  exports: Object.fromEntries(
    Object.entries(manifest.exports).map(([name, source]) => [name, builtEntry(source)]),
  ),
  // Those of the workspace keep its folder from being published as it is.
  scripts: undefined,
  engines: manifest.engines ?? { node: '>=20' },
});

const run = async (root, program, args, options = {}) => {
  const { code, output } = await runQuietly(program, args, { cwd: root, ...options });
  if (code !== 0) throw new Error(`${program} ${args.join(' ')} ended with ${code}:\n${output}`);
  return output;
};

/** The packages that people install outside of this repository. */
export const packages = ['policy', 'sdk', 'transfer'];

/**
 * Builds `packages/NAME/dist`, the folder that is published, and packs it.
 *
 * In the workspace everybody reads the TypeScript sources; Node refuses those inside `node_modules`, so that the published
 * package has a manifest of its own.
 *
 * @param name of its folder, e.g. `sdk`
 * @param destination folder for the tarball
 * @returns path of the tarball, e.g. `windlass-sdk-0.1.0.tgz` in the destination
 */
export const packPackage = async (root, name, destination) => {
  const source = join(root, 'packages', name);
  const built = join(source, 'dist');
  const node = findNode(root);
  await rm(built, { recursive: true, force: true });
  await run(root, node, [
    join(root, 'node_modules/typescript-7/bin/tsc'),
    '-p',
    join(source, 'tsconfig.build.json'),
  ]);
  const manifest = publishedManifest(JSON.parse(await readFile(join(source, 'package.json'), 'utf8')));
  await writeFile(join(built, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
  await cp(join(source, 'README.md'), join(built, 'README.md'));
  await cp(join(root, 'LICENSE'), join(built, 'LICENSE'));
  const output = await run(built, 'npm', ['pack', '--pack-destination', destination, '--silent'], {
    env: withNodeOnPath(node),
  });
  return join(destination, output.trim().split('\n').at(-1));
};

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const [name] = process.argv.slice(2);
  if (packages.includes(name)) console.log(await packPackage(repositoryRoot, name, process.cwd()));
  else {
    console.error(`Usage: node scripts/package-tarball.js ${packages.join('|')}`);
    process.exitCode = 2;
  }
}
