import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { fontEnvironment } from './font-environment.ts';

/** Draws in a process of its own, as fontconfig reads its configuration once. */
const drawIn = async (environment: Record<string, string>, text: string): Promise<string> => {
  const script = `
    const { default: sharp } = await import(${JSON.stringify(import.meta.resolve('sharp'))});
    const text = { text: ${JSON.stringify(text)}, font: 'DejaVu Sans 40', rgba: true, dpi: 72 };
    const { data, info } = await sharp({ text }).raw().toBuffer({ resolveWithObject: true });
    const { createHash } = await import('node:crypto');
    console.log(info.width + ' ' + info.height + ' ' + createHash('sha256').update(data).digest('hex'));
  `;
  const { stdout, stderr } = await promisify(execFile)(
    process.execPath,
    ['--input-type=module', '--eval', script],
    { env: environment },
  );
  return stdout + stderr;
};

const width = (answer: string): number => Number(/^\d+/.exec(answer)?.[0]);

describe('fontEnvironment', () => {
  it('lets a process without any other variable draw letters, and letters of equal width where they should be', async () => {
    const [narrow, wide] = await Promise.all([
      drawIn(fontEnvironment(), '<tt>iiii</tt>'),
      drawIn(fontEnvironment(), '<tt>WWWW</tt>'),
    ]);
    expect(width(narrow)).toBeGreaterThan(60);
    expect(Math.abs(width(narrow) - width(wide))).toBeLessThan(20);
  });

  it('falls back to DejaVu for a family that nobody has', async () => {
    const known = await drawIn(fontEnvironment(), 'Quay');
    expect(await drawIn(fontEnvironment(), '<span face="No Such Family">Quay</span>')).toBe(known);
  });

  it('makes fontconfig say nothing', async () => {
    expect(await drawIn(fontEnvironment(), 'Quay')).toMatch(/^\d+ \d+ [0-9a-f]{64}\n$/);
  });
});
