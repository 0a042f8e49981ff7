import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { Agent, get } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { copies, writeOriginals } from './images/originals.ts';
import { processTree } from './images/process-tree.ts';
import { cpuMilliseconds } from './process-cpu.ts';
import type { BenchReport } from './report.ts';

interface Job {
  width: number;
  format: 'jpeg' | 'webp' | 'avif';
  original: 'jpg' | 'png';
}

const jobs: readonly Job[] = [
  { width: 300, format: 'webp', original: 'jpg' },
  { width: 800, format: 'jpeg', original: 'jpg' },
  { width: 800, format: 'webp', original: 'jpg' },
  { width: 800, format: 'avif', original: 'jpg' },
  { width: 800, format: 'webp', original: 'png' },
];

const plainQuery = (job: Job): string => `?width=${job.width}&format=${job.format}&quality=80`;
const contenders = [
  { name: 'Windlass', file: 'ours', path: (job: Job, photo: string) => `/bench/${photo}${plainQuery(job)}` },
  { name: 'raw sharp', file: 'raw-sharp', path: (job: Job, photo: string) => `/${photo}${plainQuery(job)}` },
  {
    name: 'ipx 3.1.1',
    file: 'ipx',
    // ipx hands quality to AVIF as it is; 63 is what 80 on our scale stands for.
    path: (job: Job, photo: string) =>
      `/w_${job.width},f_${job.format},q_${job.format === 'avif' ? 63 : 80}/${photo}`,
  },
] as const;
type Contender = (typeof contenders)[number];

const concurrency = 4;
const secondsPerJob = 5;

interface Figures {
  server: string;
  job: string;
  requests: number;
  requestsPerSecond: number;
  cpuMillisecondsPerRequest: number;
  medianMilliseconds: number;
  bytes: number;
}

const nameOf = (job: Job): string =>
  `12 MP ${job.original === 'jpg' ? 'JPEG' : 'PNG'} to ${job.width} px ${job.format}`;

const fetchPicture = (agent: Agent, port: number, path: string): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    get({ agent, host: '127.0.0.1', port, path, timeout: 60_000 }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        const body = Buffer.concat(chunks);
        if (response.statusCode === 200) resolve(body);
        else reject(new Error(`${path}: ${response.statusCode} ${body.subarray(0, 200).toString('utf8')}`));
      });
    }).on('error', reject);
  });

/** A figure counts only for the picture that was asked for. */
const check = async (job: Job, bytes: Buffer): Promise<void> => {
  const { width, format } = await sharp(bytes).metadata();
  const expected = job.format === 'avif' ? 'heif' : job.format;
  if (width !== job.width || format !== expected)
    throw new Error(`Asked for ${nameOf(job)}, got ${width} px ${format}`);
};

const measure = async (contender: Contender, port: number, pid: number, job: Job): Promise<Figures> => {
  const agent = new Agent({ keepAlive: true, maxSockets: concurrency });
  let sent = 0;
  const one = async (): Promise<Buffer> => {
    const photo = `photo-${sent % copies}.${job.original}`;
    sent += 1;
    return fetchPicture(agent, port, contender.path(job, photo));
  };
  // Warm: children started, code compiled.
  const [first] = await Promise.all([one(), one()]);
  await check(job, first);
  const cpuBefore = await cpuMilliseconds(await processTree(pid));
  const started = performance.now();
  const times: number[] = [];
  const loop = async (): Promise<void> => {
    while (performance.now() - started < secondsPerJob * 1000) {
      const begun = performance.now();
      await one();
      times.push(performance.now() - begun);
    }
  };
  await Promise.all(Array.from({ length: concurrency }, loop));
  const seconds = (performance.now() - started) / 1000;
  const cpu = (await cpuMilliseconds(await processTree(pid))) - cpuBefore;
  agent.destroy();
  return {
    server: contender.name,
    job: nameOf(job),
    requests: times.length,
    requestsPerSecond: times.length / seconds,
    cpuMillisecondsPerRequest: cpu / times.length,
    medianMilliseconds: times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0,
    bytes: first.byteLength,
  };
};

interface Running extends AsyncDisposable {
  contender: Contender;
  port: number;
  pid: number;
}

const start = async (contender: Contender, folder: string): Promise<Running> => {
  const child = fork(new URL(`images/${contender.file}-process.ts`, import.meta.url), [folder], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const [{ port }] = await once(child, 'message');
  return {
    contender,
    port,
    pid: child.pid ?? 0,
    [Symbol.asyncDispose]: async () => {
      child.disconnect();
      await once(child, 'exit');
    },
  };
};

/** Our listener beside raw sharp (the bound) and ipx (the peer) on the same originals, taking turns job by job. */
export const benchImages = async (): Promise<BenchReport> => {
  const folder = await mkdtemp(join(tmpdir(), 'windlass-bench-'));
  try {
    const originals = await writeOriginals(folder);
    const figures: Figures[] = [];
    await using cleanup = new AsyncDisposableStack();
    const servers: Running[] = [];
    for (const contender of contenders) servers.push(cleanup.use(await start(contender, folder)));
    for (const job of jobs) {
      for (const { contender, port, pid } of servers) figures.push(await measure(contender, port, pid, job));
    }
    const of = (job: string, server: string): Figures | undefined =>
      figures.find((each) => each.job === job && each.server === server);
    const rows = figures.map((each) => {
      const bound = of(each.job, 'raw sharp')?.cpuMillisecondsPerRequest ?? each.cpuMillisecondsPerRequest;
      return [
        `${each.job}: ${each.server}`,
        each.requestsPerSecond.toFixed(1),
        each.cpuMillisecondsPerRequest.toFixed(0),
        `${(each.cpuMillisecondsPerRequest / bound).toFixed(2)}x`,
        each.medianMilliseconds.toFixed(0),
        (each.bytes / 1000).toFixed(1),
      ];
    });
    return {
      tables: [
        {
          title: `Pictures from a 12 MP original (JPEG ${(originals.jpg / 1e6).toFixed(1)} MB, PNG ${(originals.png / 1e6).toFixed(1)} MB), ${concurrency} requests in flight, ${secondsPerJob} s each`,
          columns: ['job: server', 'req/s', 'CPU ms/req', 'CPU to raw', 'median ms', 'kB'],
          rows,
        },
      ],
      figures: { originals, concurrency, secondsPerJob, servers: figures },
    };
  } finally {
    await rm(folder, { recursive: true });
  }
};
