import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Table } from '../report.ts';
import { provideProgram } from './debian.ts';
import { fetchPicture, keepAlive } from './fetch-picture.ts';
import { median } from './percentile.ts';
import { startServerProcess } from './servers/server-process.ts';

const run = promisify(execFile);
const wantedRatio = 0.5;
const path = '/bench/0/town-12.jpg?width=300&format=webp';

const requestsPerSecond = async (
  wrk: string,
  port: number,
  seconds: number,
  headers: readonly string[],
): Promise<number> => {
  const args = ['-t1', '-c16', `-d${Math.ceil(seconds)}s`, ...headers.flatMap((header) => ['-H', header])];
  const { stdout } = await run(wrk, [...args, `http://127.0.0.1:${port}${path}`]);
  const found = /Requests\/sec:\s*([\d.]+)/.exec(stdout)?.[1];
  if (found === undefined || stdout.includes('Non-2xx')) throw new Error(stdout);
  return Number(found);
};

/** A picture in memory, and a 304 for it, beside a bare node:http server with the same bytes, in turns. */
export const benchHits = async (
  photographs: string,
  { rounds, seconds }: { rounds: number; seconds: number },
): Promise<{ table: Table; figures: object | null }> => {
  const title = 'A picture that is in memory, wrk with 16 connections, in turns';
  const wrk = provideProgram('wrk', ['wrk']);
  if (wrk === null) {
    return {
      table: { title, columns: ['what'], rows: [['not measured, apt-get cannot install wrk']] },
      figures: null,
    };
  }
  await using stack = new AsyncDisposableStack();
  const folder = await mkdtemp(join(tmpdir(), 'windlass-bench-hits-'));
  stack.defer(() => rm(folder, { recursive: true, force: true }));
  const ours = stack.use(await startServerProcess('windlass-process.ts', [photographs, 'keeps-results']));
  const agent = keepAlive(1);
  const bytes = await fetchPicture(agent, ours.port, { path });
  agent.destroy();
  await writeFile(join(folder, 'picture'), bytes);
  const bare = stack.use(await startServerProcess('bare-process.ts', [join(folder, 'picture')]));
  const etag = (await fetch(`http://127.0.0.1:${ours.port}${path}`)).headers.get('etag') ?? '';
  const kinds = [
    { name: `200, ${(bytes.byteLength / 1000).toFixed(1)} kB`, headers: [] },
    { name: '304', headers: [`if-none-match: ${etag}`] },
  ];
  const figures: { name: string; ours: number; bare: number; ratio: number }[] = [];
  for (const { name, headers } of kinds) {
    const rates: { ours: number[]; bare: number[] } = { ours: [], bare: [] };
    for (let round = 0; round <= rounds; round += 1) {
      const each = {
        ours: await requestsPerSecond(wrk, ours.port, seconds, headers),
        bare: await requestsPerSecond(wrk, bare.port, seconds, headers),
      };
      // The first one is for the compilers.
      if (round === 0) continue;
      rates.ours.push(each.ours);
      rates.bare.push(each.bare);
    }
    const [ofOurs, ofBare] = [median(rates.ours), median(rates.bare)];
    figures.push({ name, ours: ofOurs, bare: ofBare, ratio: ofOurs / ofBare });
  }
  if (figures.some(({ ratio }) => ratio < wantedRatio)) process.exitCode = 1;
  return {
    table: {
      title: `${title} (at least ${wantedRatio} of bare node:http)`,
      columns: ['answer', 'Windlass/s', 'node:http/s', 'ratio'],
      rows: figures.map((each) => [
        each.name,
        each.ours.toFixed(0),
        each.bare.toFixed(0),
        each.ratio.toFixed(2),
      ]),
    },
    figures,
  };
};
