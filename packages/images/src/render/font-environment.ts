import { lstatSync, mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * A folder of our own for what fontconfig finds out about the machine's fonts. One that anybody else could have
 * written to is not used: fontconfig maps these files into memory as they are.
 */
const cacheFolder = (): string | undefined => {
  const uid = process.getuid?.() ?? 0;
  const path = join(tmpdir(), `windlass-fonts-${uid}`);
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 });
    const facts = lstatSync(path);
    return facts.isDirectory() && facts.uid === uid && (facts.mode & 0o022) === 0 ? path : undefined;
  } catch {
    // Without it every child looks through the fonts again, which takes it some 30 ms.
    return undefined;
  }
};

/**
 * Variables with which `text` finds the DejaVu fonts of our own package, on a machine without any, and no
 * configuration of the machine's. fontconfig reads them when the first text is drawn.
 */
export const fontEnvironment = (): Record<string, string> => {
  const cache = cacheFolder();
  return {
    FONTCONFIG_FILE: fileURLToPath(new URL('fonts.conf', import.meta.url)),
    XDG_DATA_HOME: dirname(fileURLToPath(import.meta.resolve('dejavu-fonts-ttf/package.json'))),
    ...(cache === undefined ? {} : { XDG_CACHE_HOME: cache }),
  };
};
