import { fork } from 'node:child_process';
import { once } from 'node:events';
import { z } from 'zod';
import { startCeph } from '../../tests/support/ceph/start-ceph.ts';

/** An S3 server under measurement. */
export interface MeasuredServer extends AsyncDisposable {
  name: string;
  endpoint: string;
  keys: { accessKeyId: string; secretAccessKey: string };
  processIds: number[];
}

const announcement = z.object({
  endpoint: z.string(),
  keys: z.object({ accessKeyId: z.string(), secretAccessKey: z.string() }),
});

/** Ours: every write fsynced to disk. */
export const startEmbedded = async (): Promise<MeasuredServer> => {
  const child = fork(new URL('embedded-process.ts', import.meta.url));
  const [message] = await once(child, 'message');
  return {
    ...announcement.parse(message),
    name: 'embedded bucket',
    processIds: child.pid === undefined ? [] : [child.pid],
    [Symbol.asyncDispose]: async () => {
      child.disconnect();
      await once(child, 'exit');
    },
  };
};

/** The peer: Ceph's gateway over an OSD that keeps everything in memory and syncs nothing. */
export const startPeer = async (): Promise<MeasuredServer> => {
  const ceph = await startCeph();
  return {
    name: 'Ceph RGW (memstore)',
    endpoint: ceph.endpoint,
    keys: ceph.root,
    processIds: ceph.processIds,
    [Symbol.asyncDispose]: () => ceph[Symbol.asyncDispose](),
  };
};
