import { jobs, measureJob, type Measurement } from './bucket/load.ts';
import { startEmbedded, startPeer } from './bucket/servers.ts';
import type { BenchReport } from './report.ts';

const methods = ['PUT', 'GET'] as const;

const cells = (what: string, ours: Measurement, peer: Measurement): string[] => [
  what,
  ours.operationsPerSecond.toFixed(0),
  peer.operationsPerSecond.toFixed(0),
  (ours.operationsPerSecond / peer.operationsPerSecond).toFixed(2),
  ours.cpuMillisecondsPerOperation.toFixed(2),
  peer.cpuMillisecondsPerOperation.toFixed(2),
  ours.p50Milliseconds.toFixed(1),
  peer.p50Milliseconds.toFixed(1),
];

/**
 * PUT and GET of 1 KB, 100 KB and 10 MB against the embedded bucket and Ceph's gateway, in turns, with one client.
 * Ours syncs every write to the disk; Ceph's memstore keeps everything in memory and syncs nothing.
 */
export const benchBucket = async (): Promise<BenchReport> => {
  await using ours = await startEmbedded();
  await using peer = await startPeer();
  const rows: string[][] = [];
  const figures: Record<string, unknown> = {};
  for (const job of jobs) {
    const [ofOurs, ofPeer] = [await measureJob(ours, job), await measureJob(peer, job)];
    figures[job.name] = { [ours.name]: ofOurs, [peer.name]: ofPeer };
    for (const method of methods)
      rows.push(cells(`${method} ${job.name}, ${job.inFlight} in flight`, ofOurs[method], ofPeer[method]));
  }
  return {
    tables: [
      {
        title: `${ours.name} (fsync on every write) beside ${peer.name} (in memory, no fsync)`,
        columns: [
          'job',
          'ours/s',
          'Ceph/s',
          'ratio',
          'ours CPU ms',
          'Ceph CPU ms',
          'ours p50 ms',
          'Ceph p50 ms',
        ],
        rows,
      },
    ],
    figures,
  };
};
