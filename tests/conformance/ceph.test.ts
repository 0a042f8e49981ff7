import { startCeph } from '../support/ceph/start-ceph.ts';
import { runTable } from './run-table.ts';

runTable('ceph', async () => {
  const ceph = await startCeph();
  return {
    target: {
      name: 'ceph',
      endpoint: ceph.endpoint,
      region: ceph.region,
      owner: await ceph.createUser('owner'),
      stranger: await ceph.createUser('stranger'),
    },
    [Symbol.asyncDispose]: () => ceph[Symbol.asyncDispose](),
  };
});
