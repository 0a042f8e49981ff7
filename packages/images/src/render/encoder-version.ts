import { readFileSync } from 'node:fs';
import { settingsRevision } from '../plan/encoder-settings.ts';

const text = (value: unknown, name: string): string => {
  const found: unknown = typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
  return typeof found === 'string' ? found : 'unknown';
};

/**
 * What besides the plan decides the bytes of a picture: sharp, its libvips bundle and our settings. Read from sharp's
 * package file, because loading sharp itself would bring the decoders into the process that faces the network.
 *
 * @example encoderVersion() // 'sharp-0.35.5 libvips-bundle-1.3.4 settings-1'
 */
export const encoderVersion = (): string => {
  const file = new URL('../package.json', import.meta.resolve('sharp'));
  const manifest: unknown = JSON.parse(readFileSync(file, 'utf8'));
  const bundles: unknown =
    typeof manifest === 'object' && manifest !== null
      ? Reflect.get(manifest, 'optionalDependencies')
      : undefined;
  const bundle = text(bundles, `@img/sharp-libvips-${process.platform}-${process.arch}`);
  return `sharp-${text(manifest, 'version')} libvips-bundle-${bundle} settings-${settingsRevision}`;
};
