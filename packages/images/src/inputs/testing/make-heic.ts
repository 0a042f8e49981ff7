import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** A HEIC as phones make them, by Debian's encoder. */
export const makeHeic = async (picture: Buffer, extension: 'png' | 'jpg'): Promise<Buffer> => {
  const folder = mkdtempSync(join(tmpdir(), 'windlass-heic-'));
  try {
    const [from, to] = [join(folder, `in.${extension}`), join(folder, 'out.heic')];
    writeFileSync(from, picture);
    await run('heif-enc', ['-q', '90', '-o', to, from], { timeout: 60_000 });
    return readFileSync(to);
  } finally {
    rmSync(folder, { recursive: true });
  }
};

/** The same HEIF file, HEIC or AVIF, telling another size of every picture in it (`ispe`, ISO/IEC 23008-12, 6.5.3). */
export const claimSize = (file: Uint8Array, width: number, height: number): Buffer => {
  const claiming = Buffer.from(file);
  for (let at = claiming.indexOf('ispe'); at !== -1; at = claiming.indexOf('ispe', at + 4)) {
    claiming.writeUInt32BE(width, at + 8);
    claiming.writeUInt32BE(height, at + 12);
  }
  return claiming;
};
