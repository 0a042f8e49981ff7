import { execFileSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { Agent } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import type { Table } from '../report.ts';
import { ipx, windlass } from './contenders.ts';
import { provideProgram } from './debian.ts';
import { fetchPicture } from './fetch-picture.ts';
import type { Job } from './jobs.ts';
import type { Original } from './originals.ts';
import type { StartedContenders } from './start-contenders.ts';

const subjects: readonly Original[] = ['town-12.jpg', 'foliage-12.jpg', 'coast-12.jpg'];
const formats = ['jpeg', 'webp', 'avif'] as const;
const width = 800;

interface Distance {
  butteraugli: number;
  ssimulacra: number;
}

interface Figures extends Distance {
  format: (typeof formats)[number];
  server: string;
  kilobytes: number;
}

/** The lossless resize that every server starts from, as a PNG file. */
const writeReference = (from: string, to: string): Promise<unknown> =>
  sharp(from).resize({ width }).png().toFile(to);

const measure = (
  tools: Record<'butteraugli' | 'ssimulacra', string>,
  reference: string,
  picture: string,
): Distance => {
  const run = (program: string): string =>
    execFileSync(program, [reference, picture], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  // The first line is the largest distance; the 3-norm tells of the whole picture.
  const norm = /3-norm:\s*([\d.]+)/.exec(run(tools.butteraugli))?.[1];
  return { butteraugli: Number(norm), ssimulacra: Number.parseFloat(run(tools.ssimulacra)) };
};

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** How far pictures with default settings are from the lossless resize: the mean of three photographs, lower is better. */
export const benchQuality = async (
  photographs: string,
  { running }: StartedContenders,
): Promise<{ table: Table; figures: object | null }> => {
  const title = `Distance to the lossless resize, ${width} px, default settings, mean of ${subjects.length} photographs (lower is better)`;
  const butteraugli = provideProgram('butteraugli_main', ['libjxl-devtools']);
  const ssimulacra = provideProgram('ssimulacra_main', ['libjxl-devtools']);
  if (butteraugli === null || ssimulacra === null) {
    const rows = [['not measured, apt-get cannot install libjxl-devtools']];
    return { table: { title, columns: ['what'], rows }, figures: null };
  }
  const folder = await mkdtemp(join(tmpdir(), 'windlass-bench-quality-'));
  await using cleanup = new AsyncDisposableStack();
  cleanup.defer(() => rm(folder, { recursive: true, force: true }));
  const [reference, picture] = [join(folder, 'reference.png'), join(folder, 'picture.png')];
  const measured: Figures[] = [];
  // Connections are not kept: the tools hold this process up for longer than a server waits.
  const agent = new Agent();
  for (const original of subjects) {
    await writeReference(join(photographs, original), reference);
    for (const format of formats) {
      const job: Job = { original, width, format };
      for (const { contender, server } of running) {
        const request = contender.request(job, 0);
        if (request === null || (contender.makesInstead?.(job) ?? format) !== format) continue;
        const bytes = await fetchPicture(agent, server.port, request);
        await writeFile(picture, await sharp(bytes).png().toBuffer());
        const distance = measure({ butteraugli, ssimulacra }, reference, picture);
        measured.push({ format, server: contender.name, kilobytes: bytes.byteLength / 1000, ...distance });
      }
    }
  }
  agent.destroy();

  const figures: Figures[] = formats.flatMap((format) =>
    running.flatMap(({ contender: { name: server } }) => {
      const all = measured.filter((each) => each.format === format && each.server === server);
      if (all.length === 0) return [];
      return [
        {
          format,
          server,
          kilobytes: mean(all.map((each) => each.kilobytes)),
          butteraugli: mean(all.map((each) => each.butteraugli)),
          ssimulacra: mean(all.map((each) => each.ssimulacra)),
        },
      ];
    }),
  );
  const avifOf = (server: string): Figures | undefined =>
    figures.find((each) => each.format === 'avif' && each.server === server);
  const [ours, peer] = [avifOf(windlass.name), avifOf(ipx.name)];
  if (ours === undefined || peer === undefined || ours.butteraugli > peer.butteraugli) process.exitCode = 1;
  return {
    table: {
      title,
      columns: ['picture', 'kB', 'butteraugli 3-norm', 'ssimulacra'],
      rows: figures.map((each) => [
        `${each.format}: ${each.server}`,
        each.kilobytes.toFixed(1),
        each.butteraugli.toFixed(3),
        each.ssimulacra.toFixed(4),
      ]),
    },
    figures,
  };
};
