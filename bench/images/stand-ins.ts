import { setTimeout as delay } from 'node:timers/promises';
import type { Table } from '../report.ts';
import { windlass } from './contenders.ts';
import { nameOf, type Job } from './jobs.ts';
import { measureRound, warmUp, type Round } from './measure-job.ts';
import { median } from './percentile.ts';
import { startServerProcess } from './servers/server-process.ts';

const jobs: readonly Job[] = [
  { original: 'town-12-progressive.jpg', width: 300, format: 'webp' },
  { original: 'town-12.png', width: 800, format: 'webp' },
  { original: 'town-24-progressive.jpg', width: 300, format: 'webp' },
];

/** What a second picture of an original costs, when a stand-in (2048 px) has been made behind the first one. */
export const benchStandIns = async (
  photographs: string,
  { rounds, seconds }: { rounds: number; seconds: number },
): Promise<{ table: Table; figures: object }> => {
  await using server = await startServerProcess('windlass-process.ts', [photographs, 'makes-stand-ins']);
  const figures: { job: string; cpuMilliseconds: number; requestsPerSecond: number }[] = [];
  for (const job of jobs) {
    // Twice by every name: another picture first, then one that makes all stand-ins that are still wanted.
    for (const width of [400, 500, job.width]) {
      await warmUp(windlass, server, { ...job, width }, true);
      await delay(1500);
    }
    const measured: Round[] = [];
    for (let round = 0; round < rounds; round += 1)
      measured.push(await measureRound(windlass, server, job, seconds));
    figures.push({
      job: nameOf(job),
      cpuMilliseconds: median(measured.map(({ cpuMilliseconds }) => cpuMilliseconds)),
      requestsPerSecond: median(measured.map((round) => round.requests / round.seconds)),
    });
  }
  return {
    table: {
      title: 'Windlass, second picture of an original: made from its stand-in',
      columns: ['job', 'CPU ms', 'req/s'],
      rows: figures.map((each) => [
        each.job,
        each.cpuMilliseconds.toFixed(0),
        each.requestsPerSecond.toFixed(1),
      ]),
    },
    figures,
  };
};
