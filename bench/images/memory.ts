import { setTimeout as delay } from 'node:timers/promises';
import { createSource, listTeams, sourceSettings } from '@windlass/contract';
import { signedIn } from '../../tests/support/api-client.ts';
import { owner, ownerEnvironment } from '../../tests/support/owner.ts';
import { startServer } from '../../tests/support/server-process.ts';
import type { Table } from '../report.ts';
import { copies } from './contender.ts';
import { fetchPicture, keepAlive } from './fetch-picture.ts';
import { jobs } from './jobs.ts';
import { concurrency } from './measure-job.ts';
import { highest, residentMemory, type Memory } from './resident-memory.ts';
import { startServerProcess } from './servers/server-process.ts';

const mebibytes = (bytes: number): string => (bytes / 1024 / 1024).toFixed(0);
const most = { gateway: 200, whole: 700 };
const sampleMilliseconds = 250;

/** Every job in turn, and every tenth of a mode of its own; each picture is a new one. */
const pathOf = (n: number): string => {
  const job = jobs[n % jobs.length];
  if (job === undefined) throw new Error('There are no jobs');
  const width = job.width + Math.floor(n / jobs.length);
  const more = n % 10 === 0 ? `&height=${width}&mode=crop&crop=attention` : '';
  return `/bench/${n % copies}/${job.original}?width=${width}&format=${job.format}${more}`;
};

/** Mixed new pictures through the whole program, with its PostgreSQL and bucket: what it holds at most. */
export const benchMemory = async (
  photographs: string,
  count: number,
): Promise<{ table: Table; figures: object }> => {
  await using files = await startServerProcess('files-process.ts', [photographs]);
  const host = `127.0.0.1:${files.port}`;
  await using server = await startServer({ env: { ...ownerEnvironment, WINDLASS_ALLOW_ENDPOINTS: host } });
  const api = await signedIn(server.url, owner.email, owner.password);
  const [team] = (await api.call(listTeams, {})).items;
  if (team === undefined) throw new Error('The owner has no team');
  const settings = { name: 'bench', kind: 'web', webBaseUrl: `http://${host}/` } as const;
  await api.call(createSource, { params: { teamId: team.id }, body: sourceSettings.parse(settings) });

  const { port } = new URL(server.imagesUrl);
  const agent = keepAlive(concurrency);
  const seen: Memory[] = [];
  const rested = await residentMemory(server.pid);
  const stop = new AbortController();
  const watching = (async () => {
    for (; !stop.signal.aborted; await delay(sampleMilliseconds)) seen.push(await residentMemory(server.pid));
  })();
  let sent = 0;
  const loop = async (): Promise<void> => {
    while (sent < count) {
      sent += 1;
      await fetchPicture(agent, Number(port), { path: pathOf(sent) });
    }
  };
  await Promise.all(Array.from({ length: concurrency }, loop));
  stop.abort();
  await watching;
  agent.destroy();
  const peak = highest(seen);
  if (Number(mebibytes(peak.gateway)) > most.gateway || Number(mebibytes(peak.whole)) > most.whole)
    process.exitCode = 1;
  const parts = ['gateway', 'children', 'PostgreSQL', 'whole'] as const;
  return {
    table: {
      title: `Memory of the whole program over ${count} mixed new pictures, ${concurrency} in flight (gateway at most ${most.gateway} MiB, whole ${most.whole})`,
      columns: ['part', 'before, MiB', 'peak, MiB'],
      rows: parts.map((part) => [part, mebibytes(rested[part]), mebibytes(peak[part])]),
    },
    figures: { count, rested, peak },
  };
};
