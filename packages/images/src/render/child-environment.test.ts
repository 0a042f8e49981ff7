import { existsSync, readFileSync } from 'node:fs';
import sharp from 'sharp';
import { expect, it } from 'vitest';
import { startRenderChild } from './render-child.ts';
import { request, writeOriginals } from './testing/render-jobs.ts';

const MiB = 1024 * 1024;
const pageBytes = 4096;
const kernelSetting = '/sys/kernel/mm/transparent_hugepage/enabled';

/** glibc asks for them since 2.35, and a kernel may be told never to give any. */
const hugePagesToBeHad = (): boolean => {
  const { header } = process.report.getReport() as { header: { glibcVersionRuntime?: string } }; // @types/node says `object`.
  const [major = 0, minor = 0] = (header.glibcVersionRuntime ?? '').split('.').map(Number);
  if (major < 2 || (major === 2 && minor < 35) || !existsSync(kernelSetting)) return false;
  return /\[(?:madvise|always)\]/.test(readFileSync(kernelSetting, 'utf8'));
};

/** Pages that the kernel has given to a process, of whatever size: `minflt` of proc(5). */
const pageFaults = (pid: number | undefined): number => {
  const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
  return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[7]);
};

it.skipIf(!hugePagesToBeHad())(
  'gets large blocks in huge pages: the coefficients of a progressive JPEG',
  async () => {
    await using originals = await writeOriginals();
    const [width, height] = [4000, 3000];
    const picture = sharp({ create: { width, height, channels: 3, background: '#c85a0a' } });
    const path = await originals.write(
      'progressive.jpg',
      await picture.jpeg({ progressive: true }).toBuffer(),
    );
    const { job } = request(path, 'width=300&format=webp');
    const child = startRenderChild({ maxRssBytes: 512 * MiB, deadlineMilliseconds: 20_000, niceness: 0 });
    try {
      // The first one loads code too.
      await child.run(job, 40);
      const before = pageFaults(child.pid);
      const outcome = await child.run(job, 40);
      expect(outcome?.result).toMatchObject({ width: 300, facts: { progressive: true } });
      // Two bytes each, at 4:2:0 one and a half for each pixel. The ends of a block are no whole huge page.
      const smallPages = (width * height * 3) / pageBytes;
      expect(pageFaults(child.pid) - before).toBeLessThan(smallPages / 2);
    } finally {
      await child.kill();
    }
  },
);
