import type { Connection, CredentialFacts } from '@windlass/contract';
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
  checkEveryHours: row.checkEveryHours,
  externalId: row.externalId,
  credentials: presentCredentials(row),
  lastCheck: row.lastCheck,
  sourceCount: row.sourceCount,
  createdAt: row.createdAt.toISOString(),
  updatedAt: row.updatedAt.toISOString(),
});

const presentCredentials = (row: ConnectionRow): CredentialFacts | null =>
  row.credentialsSetAt === null || row.credentialsKind === null
    ? null
    : {
        kind: row.credentialsKind,
        accessKeyIdHint: row.accessKeyIdHint,
        roleArn: row.roleArn,
        setAt: row.credentialsSetAt.toISOString(),
        setBy: row.credentialsSetByName ?? (row.demo ? 'Windlass' : 'somebody who has left'),
        temporary: row.credentialsTemporary,
        rotation: presentRotation(row),
      };

const presentRotation = ({
  rotationPhase: phase,
  rotationHint,
  rotationSince,
}: ConnectionRow): CredentialFacts['rotation'] =>
  phase === null || rotationHint === null || rotationSince === null
    ? null
    : { phase, accessKeyIdHint: rotationHint, since: rotationSince.toISOString() };
