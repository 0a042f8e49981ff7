import { createUploads, maxPartsPerCall, signUploadParts } from '@windlass/contract';
import { createApiClient } from '../../tests/support/api-client.ts';
import { cpuMilliseconds } from '../process-cpu.ts';
import type { Target } from './target.ts';
import type { WindlassScene } from './windlass-scene.ts';

const calls = 20;
const GiB = 1024 ** 3;

export interface SigningRate {
  urls: number;
  urlsPerSecond: number;
  /** Of a core of the server: user and system. */
  urlsPerCpuSecond: number;
}

/** Part URLs over HTTP, through authentication, ledger and JSON, a thousand a call, one call after another. */
export const measureSigning = async (scene: WindlassScene, target: Target): Promise<SigningRate> => {
  const client = createApiClient(scene.server.url, await scene.grantOf(target, 'signing/'));
  const { results } = await client.call(createUploads, {
    body: { files: [{ name: 'film.bin', size: 100 * GiB }] },
  });
  const upload = results[0]?.upload;
  if (upload === undefined || upload === null) throw new Error('There is no upload to sign for.');
  const sign = Array.from({ length: Math.min(maxPartsPerCall, upload.partCount) }, (_, index) => index + 1);
  const call = () => client.call(signUploadParts, { params: { transferId: upload.id }, body: { sign } });
  await call();
  const cpuBefore = await cpuMilliseconds([scene.server.pid]);
  const began = performance.now();
  for (let index = 0; index < calls; index += 1) await call();
  const seconds = (performance.now() - began) / 1000;
  const cpuSeconds = ((await cpuMilliseconds([scene.server.pid])) - cpuBefore) / 1000;
  const urls = calls * sign.length;
  return { urls, urlsPerSecond: urls / seconds, urlsPerCpuSecond: urls / cpuSeconds };
};
