import type { Connection } from '@windlass/contract';
import type { ConnectionRow } from './store.ts';

/** The only form in which a connection leaves: nothing of the sealed credentials but a hint. */
export const presentConnection = (row: ConnectionRow): Connection => ({
  id: row.id,
  name: row.name,
  provider: row.provider,
  bucket: row.bucket,
  region: row.region,
  endpoint: row.endpoint,
  addressing: row.addressing,
  prefix: row.prefix,
  jobs: row.jobs,
  state: row.state,
  stateSince: row.stateSince.toISOString(),
  demo: row.demo,
  credentials:
    row.credentialsSetAt === null || row.accessKeyIdHint === null
      ? null
      : {
          accessKeyIdHint: row.accessKeyIdHint,
          setAt: row.credentialsSetAt.toISOString(),
          setBy: row.credentialsSetByName ?? (row.demo ? 'Windlass' : 'somebody who has left'),
          temporary: row.credentialsTemporary,
        },
  lastCheck: row.lastCheck,
  sourceCount: row.sourceCount,
  createdAt: row.createdAt.toISOString(),
  updatedAt: row.updatedAt.toISOString(),
});
