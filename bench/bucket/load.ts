import { randomBytes } from 'node:crypto';
import { Agent, request } from 'node:http';
import { CreateBucketCommand, GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { cpuMilliseconds } from '../process-cpu.ts';
import type { MeasuredServer } from './servers.ts';

const KiB = 1024;

/** Sizes as S3 users know them: a thumbnail's metadata, a photo for the web, a photo from a camera. */
export const jobs = [
  { name: '1 KB', bytes: KiB, count: 2000, inFlight: 16 },
  { name: '100 KB', bytes: 100 * KiB, count: 600, inFlight: 16 },
  { name: '10 MB', bytes: 10 * KiB * KiB, count: 30, inFlight: 4 },
] as const;
export type Job = (typeof jobs)[number];

export interface Measurement {
  operationsPerSecond: number;
  megabytesPerSecond: number;
  /** Of the server's processes, per operation. */
  cpuMillisecondsPerOperation: number;
  p50Milliseconds: number;
}

const exchange = (
  agent: Agent,
  method: 'PUT' | 'GET',
  url: string,
  body: Buffer | undefined,
  bytes: number,
): Promise<void> =>
  new Promise((resolve, reject) => {
    const outgoing = request(
      url,
      { method, agent, headers: body === undefined ? {} : { 'content-length': body.length } },
      (answer) => {
        let received = 0;
        answer.on('data', (chunk: Buffer) => (received += chunk.length));
        answer.on('error', reject);
        answer.on('end', () => {
          const whole = answer.statusCode === 200 && (method === 'PUT' || received === bytes);
          if (whole) resolve();
          else reject(new Error(`${method} answered ${answer.statusCode} with ${received} bytes`));
        });
      },
    );
    outgoing.on('error', reject);
    outgoing.end(body);
  });

const measure = async (
  server: MeasuredServer,
  { bytes, inFlight }: Job,
  method: 'PUT' | 'GET',
  urls: readonly string[],
): Promise<Measurement> => {
  const agent = new Agent({ keepAlive: true, maxSockets: inFlight });
  const body = method === 'PUT' ? randomBytes(bytes) : undefined;
  const latencies: number[] = [];
  const queue = urls.values();
  const work = async () => {
    for (const url of queue) {
      const began = performance.now();
      await exchange(agent, method, url, body, bytes);
      latencies.push(performance.now() - began);
    }
  };
  const cpuBefore = await cpuMilliseconds(server.processIds);
  const began = performance.now();
  await Promise.all(Array.from({ length: inFlight }, work));
  const seconds = (performance.now() - began) / 1000;
  const cpu = (await cpuMilliseconds(server.processIds)) - cpuBefore;
  agent.destroy();
  return {
    operationsPerSecond: urls.length / seconds,
    megabytesPerSecond: (urls.length * bytes) / 1e6 / seconds,
    cpuMillisecondsPerOperation: cpu / urls.length,
    p50Milliseconds: latencies.toSorted((a, b) => a - b)[Math.floor(latencies.length / 2)] ?? 0,
  };
};

/** PUTs then GETs by pre-signed URLs, signed beforehand so that the client costs as little as it can. */
export const measureJob = async (
  server: MeasuredServer,
  job: Job,
): Promise<Record<'PUT' | 'GET', Measurement>> => {
  const s3 = new S3Client({
    endpoint: server.endpoint,
    region: 'us-east-1',
    credentials: server.keys,
    forcePathStyle: true,
    requestChecksumCalculation: 'WHEN_REQUIRED',
  });
  const Bucket = `bench-${job.bytes}-${randomBytes(4).toString('hex')}`;
  await s3.send(new CreateBucketCommand({ Bucket }));
  const keys = Array.from({ length: job.count }, (_, index) => `photos/${index}.jpg`);
  const puts = await Promise.all(
    keys.map((Key) => getSignedUrl(s3, new PutObjectCommand({ Bucket, Key }), { expiresIn: 3600 })),
  );
  const gets = await Promise.all(
    keys.map((Key) => getSignedUrl(s3, new GetObjectCommand({ Bucket, Key }), { expiresIn: 3600 })),
  );
  s3.destroy();
  const put = await measure(server, job, 'PUT', puts);
  return { PUT: put, GET: await measure(server, job, 'GET', gets) };
};
