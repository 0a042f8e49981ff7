import type { Agent } from 'node:http';
import sharp from 'sharp';
import { cpuMilliseconds } from '../process-cpu.ts';
import { copies, type Contender } from './contender.ts';
import { fetchPicture, keepAlive, type PictureRequest } from './fetch-picture.ts';
import { nameOf, type Job } from './jobs.ts';
import { processTree } from './process-tree.ts';
import type { MeasuredServer } from './servers/server-process.ts';

export const concurrency = 4;

/** One round of one job at one server. */
export interface Round {
  requests: number;
  seconds: number;
  /** Of all processes of the server, per request. */
  cpuMilliseconds: number;
  /** Of every request. */
  latencies: readonly number[];
}

/** A figure counts only for the picture that was asked for. */
const check = async (contender: Contender, job: Job, bytes: Buffer): Promise<void> => {
  const { width, format } = await sharp(bytes).metadata();
  const wanted = contender.makesInstead?.(job) ?? job.format;
  if (width !== job.width || format !== (wanted === 'avif' ? 'heif' : wanted))
    throw new Error(`${contender.name}: asked for ${nameOf(job)}, got ${width} px ${format}`);
};

const requestOf = (contender: Contender, job: Job, n: number): PictureRequest => {
  const request = contender.request(job, n);
  if (request === null) throw new Error(`${contender.name} cannot make ${nameOf(job)}`);
  return request;
};

const inTurn = async (
  agent: Agent,
  server: MeasuredServer,
  requests: readonly PictureRequest[],
): Promise<Buffer[]> => {
  const bodies: Buffer[] = [];
  for (const request of requests) bodies.push(await fetchPicture(agent, server.port, request));
  return bodies;
};

/**
 * Before the first round: originals are where the server keeps them, code is compiled. Gives the size of the picture.
 *
 * @param every by every name of the original; else twice
 */
export const warmUp = async (
  contender: Contender,
  server: MeasuredServer,
  job: Job,
  every: boolean,
): Promise<number> => {
  const agent = keepAlive(1);
  const requests = Array.from({ length: every ? copies : 2 }, (_, n) => requestOf(contender, job, n));
  const [first] = await inTurn(agent, server, requests);
  agent.destroy();
  if (first === undefined) throw new Error('Nothing was asked for');
  await check(contender, job, first);
  return first.byteLength;
};

/** Asks for so many seconds, with `concurrency` requests in flight; those in flight at the end count. */
export const measureRound = async (
  contender: Contender,
  server: MeasuredServer,
  job: Job,
  seconds: number,
): Promise<Round> => {
  const agent = keepAlive(concurrency);
  const latencies: number[] = [];
  let sent = 0;
  const cpuBefore = await cpuMilliseconds(await processTree(server.pid));
  const started = performance.now();
  const loop = async (): Promise<void> => {
    while (performance.now() - started < seconds * 1000) {
      const request = requestOf(contender, job, sent);
      sent += 1;
      const begun = performance.now();
      await fetchPicture(agent, server.port, request);
      latencies.push(performance.now() - begun);
    }
  };
  await Promise.all(Array.from({ length: concurrency }, loop));
  const took = (performance.now() - started) / 1000;
  const cpu = (await cpuMilliseconds(await processTree(server.pid))) - cpuBefore;
  agent.destroy();
  return {
    requests: latencies.length,
    seconds: took,
    cpuMilliseconds: cpu / latencies.length,
    latencies,
  };
};
