import type { Agent } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import type { Table } from '../report.ts';
import { fetchPicture, keepAlive } from './fetch-picture.ts';
import { percentile } from './percentile.ts';
import { startServerProcess } from './servers/server-process.ts';

const wantedFactor = 5;
const hit = '/bench/0/town-12.jpg?width=300&format=webp';
const betweenMilliseconds = 10;
const inFlight = 8;

/** Latencies of a hit, about a hundred a second. */
const latenciesOfHits = async (agent: Agent, port: number, seconds: number): Promise<number[]> => {
  const latencies: number[] = [];
  for (const end = performance.now() + seconds * 1000; performance.now() < end;) {
    const begun = performance.now();
    await fetchPicture(agent, port, { path: hit });
    latencies.push(performance.now() - begun);
    await delay(betweenMilliseconds);
  }
  return latencies;
};

/** New pictures in AVIF, as many as the children can make, until `stop`. Gives how many. */
const keepEncodersBusy = async (port: number, stop: AbortSignal): Promise<number> => {
  const agent = keepAlive(inFlight);
  let made = 0;
  let width = 400;
  const loop = async (): Promise<void> => {
    while (!stop.aborted) {
      width += 1;
      await fetchPicture(agent, port, { path: `/bench/0/town-12.jpg?width=${width}&format=avif` });
      made += 1;
    }
  };
  await Promise.all(Array.from({ length: inFlight }, loop));
  agent.destroy();
  return made;
};

/** A hit while nothing else happens, and while every child encodes and more pictures wait. */
export const benchBusyHits = async (
  photographs: string,
  seconds: number,
): Promise<{ table: Table; figures: object }> => {
  await using server = await startServerProcess('windlass-process.ts', [photographs, 'keeps-results']);
  const agent = keepAlive(1);
  await latenciesOfHits(agent, server.port, 2);
  const idle = await latenciesOfHits(agent, server.port, seconds);
  const stop = new AbortController();
  const busyEncoders = keepEncodersBusy(server.port, stop.signal);
  await delay(1500);
  const busy = await latenciesOfHits(agent, server.port, seconds);
  stop.abort();
  const made = await busyEncoders;
  agent.destroy();
  const rows = [
    { name: 'idle', latencies: idle },
    { name: `${inFlight} new AVIF pictures in flight`, latencies: busy },
  ].map(({ name, latencies }) => ({
    name,
    hits: latencies.length,
    p50: percentile(latencies, 0.5),
    p99: percentile(latencies, 0.99),
  }));
  const factor = percentile(busy, 0.99) / percentile(idle, 0.99);
  if (factor > wantedFactor) process.exitCode = 1;
  return {
    table: {
      title: `A hit beside busy encoders: p99 is ${factor.toFixed(1)} times that of an idle server (at most ${wantedFactor})`,
      columns: ['server', 'hits', 'p50 ms', 'p99 ms'],
      rows: rows.map(({ name, hits, p50, p99 }) => [name, String(hits), p50.toFixed(2), p99.toFixed(2)]),
    },
    figures: { rows, factor, made },
  };
};
