import type { Table } from '../report.ts';
import type { Contender } from './contender.ts';
import { rawSharp, windlass } from './contenders.ts';
import { jobs, nameOf, type Job } from './jobs.ts';
import { concurrency, measureRound, warmUp, type Round } from './measure-job.ts';
import { median, percentile } from './percentile.ts';
import type { StartedContenders } from './start-contenders.ts';

interface Figures {
  job: string;
  server: string;
  requests: number;
  requestsPerSecond: number;
  /** The median of the rounds, and the lowest and highest. */
  cpuMilliseconds: number;
  cpuRange: readonly [number, number];
  p50Milliseconds: number;
  p95Milliseconds: number;
  kilobytes: number;
}

const figuresOf = (job: Job, contender: Contender, bytes: number, rounds: readonly Round[]): Figures => {
  const cpu = rounds.map(({ cpuMilliseconds }) => cpuMilliseconds);
  const latencies = rounds.flatMap((round) => round.latencies);
  return {
    job: nameOf(job),
    server: `${contender.name}${contender.makesInstead === undefined ? '' : ` (${contender.makesInstead(job).toUpperCase()})`}`,
    requests: latencies.length,
    requestsPerSecond: median(rounds.map(({ requests, seconds }) => requests / seconds)),
    cpuMilliseconds: median(cpu),
    cpuRange: [Math.min(...cpu), Math.max(...cpu)],
    p50Milliseconds: percentile(latencies, 0.5),
    p95Milliseconds: percentile(latencies, 0.95),
    kilobytes: bytes / 1000,
  };
};

/** All servers at one job, taking turns, so that what else the machine does meets all of them. */
const measureJob = async (
  { running }: StartedContenders,
  job: Job,
  rounds: number,
  seconds: number,
): Promise<Figures[]> => {
  const able = running.filter(({ contender }) => contender.request(job, 0) !== null);
  const measured = new Map<string, { bytes: number; rounds: Round[] }>();
  for (const { contender, server } of able) {
    const bytes = await warmUp(contender, server, job, contender === windlass);
    measured.set(contender.name, { bytes, rounds: [] });
  }
  for (let round = 0; round < rounds; round += 1) {
    for (const { contender, server } of able)
      measured.get(contender.name)?.rounds.push(await measureRound(contender, server, job, seconds));
  }
  return able.flatMap(({ contender }) => {
    const each = measured.get(contender.name);
    return each === undefined ? [] : [figuresOf(job, contender, each.bytes, each.rounds)];
  });
};

const rowOf = (each: Figures, bound: Figures | undefined): string[] => [
  `${each.job}: ${each.server}`,
  each.cpuMilliseconds.toFixed(0),
  each.cpuRange.map((value) => value.toFixed(0)).join('–'),
  bound === undefined ? '' : (each.cpuMilliseconds / bound.cpuMilliseconds).toFixed(2),
  each.requestsPerSecond.toFixed(1),
  each.p50Milliseconds.toFixed(0),
  each.p95Milliseconds.toFixed(0),
  each.kilobytes.toFixed(1),
];

/** What one picture costs: every request renders. */
export const benchRendering = async (
  started: StartedContenders,
  { rounds, seconds }: { rounds: number; seconds: number },
): Promise<{ table: Table; figures: Figures[] }> => {
  const figures: Figures[] = [];
  for (const job of jobs) figures.push(...(await measureJob(started, job, rounds, seconds)));
  const boundOf = ({ job }: Figures): Figures | undefined =>
    figures.find((each) => each.job === job && each.server === rawSharp.name);
  return {
    table: {
      title: `Rendering, ${concurrency} requests in flight, ${rounds} rounds of ${seconds} s in turns; nothing made is kept`,
      columns: ['job: server', 'CPU ms', 'lowest–highest', 'to raw', 'req/s', 'p50 ms', 'p95 ms', 'kB'],
      rows: [
        ...figures.map((each) => rowOf(each, boundOf(each))),
        ...started.missing.map(({ name, reason }) => [`${name}: not measured, ${reason}`]),
      ],
    },
    figures,
  };
};
