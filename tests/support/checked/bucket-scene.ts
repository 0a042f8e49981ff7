import {
  CreateBucketCommand,
  ListMultipartUploadsCommand,
  ListObjectsV2Command,
  ListObjectVersionsCommand,
  PutBucketCorsCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import type { CheckRow, CheckRowId, Job, ProviderId } from '@windlass/contract';
import { generateCors, providerProfiles } from '@windlass/policy/generate';
import { randomUUID } from 'node:crypto';
import type { CheckSubject } from '../../../apps/server/src/features/connections/check-subject.ts';
import { runCheck } from '../../../apps/server/src/features/connections/check.ts';
import { Secret } from '../../../apps/server/src/kernel/secret.ts';
import { createEndpointGuard } from '../../../apps/server/src/platform/net/index.ts';

export interface PlainKeys {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken?: string;
}

export interface CheckedServer {
  provider: ProviderId;
  endpoint: string;
  region: string;
  /** Owns the buckets. */
  owner: PlainKeys;
  /** The server can list versions and unfinished uploads. */
  versions: boolean;
}

export const pageOrigin = 'https://windlass.example.com';
const guard = createEndpointGuard({ allow: ['127.0.0.0/8', 'localhost'] });

/** What a check said, as tests compare it. */
export interface Checked {
  event: Awaited<ReturnType<typeof runCheck>>['event'];
  fullAccess: boolean;
  row(id: CheckRowId): CheckRow;
  /** Ids by state, in the order of the rows. */
  ids(state: CheckRow['state']): CheckRowId[];
}

/** A bucket of the owner's with one object below `in/`, and checks of it. */
export interface BucketScene {
  bucket: string;
  s3: S3Client;
  check(keys: PlainKeys, jobs: Job[], changes?: Partial<CheckSubject['address']>): Promise<Checked>;
  /** Everything that there is in the bucket, but for the seed: objects, versions, markers, uploads. */
  leftovers(): Promise<string[]>;
}

export const prefix = 'in/';
const seeds = ['in/seed.txt', 'elsewhere/seed.txt'];

export const makeBucketScene = async (
  server: CheckedServer,
  {
    cors = true,
    versioned = false,
    empty = false,
  }: { cors?: boolean; versioned?: boolean; empty?: boolean } = {},
): Promise<BucketScene & Disposable> => {
  const s3 = new S3Client({
    endpoint: server.endpoint,
    region: server.region,
    credentials: server.owner,
    forcePathStyle: true,
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
  });
  const bucket = `check-${randomUUID()}`;
  await s3.send(new CreateBucketCommand({ Bucket: bucket }));
  if (versioned)
    await s3.send(
      new PutBucketVersioningCommand({ Bucket: bucket, VersioningConfiguration: { Status: 'Enabled' } }),
    );
  for (const Key of empty ? [] : seeds)
    await s3.send(new PutObjectCommand({ Bucket: bucket, Key, Body: 'seed' }));
  const rules = generateCors(['gallery'], [pageOrigin], providerProfiles[server.provider]) ?? [];
  if (cors)
    await s3.send(
      new PutBucketCorsCommand({
        Bucket: bucket,
        CORSConfiguration: {
          CORSRules: rules.map((rule) => ({
            AllowedOrigins: [...rule.AllowedOrigins],
            AllowedMethods: [...rule.AllowedMethods],
            AllowedHeaders: [...(rule.AllowedHeaders ?? [])],
            ExposeHeaders: [...(rule.ExposeHeaders ?? [])],
          })),
        },
      }),
    );
  return {
    bucket,
    s3,
    check: (keys, jobs, changes = {}) =>
      checkBucketAt(server.provider, keys, jobs, {
        endpoint: server.endpoint,
        region: server.region,
        addressing: 'path',
        bucket,
        prefix,
        ...changes,
      }),
    leftovers: async () => {
      const objects = await s3.send(new ListObjectsV2Command({ Bucket: bucket }));
      const uploads = await s3.send(new ListMultipartUploadsCommand({ Bucket: bucket }));
      const kept = server.versions ? await s3.send(new ListObjectVersionsCommand({ Bucket: bucket })) : null;
      const found = [
        ...(objects.Contents ?? []).map(({ Key }) => `object ${Key}`),
        ...(kept?.Versions ?? []).map(({ Key }) => `version ${Key}`),
        ...(kept?.DeleteMarkers ?? []).map(({ Key }) => `marker ${Key}`),
        ...(uploads.Uploads ?? []).map(({ Key }) => `upload ${Key}`),
      ];
      return found.filter(
        (one) => !seeds.some((seed) => one === `object ${seed}` || one === `version ${seed}`),
      );
    },
    [Symbol.dispose]: () => s3.destroy(),
  };
};

export const checkBucketAt = async (
  provider: ProviderId,
  keys: PlainKeys,
  jobs: Job[],
  address: CheckSubject['address'],
): Promise<Checked> => {
  const found = {
    accessKeyId: keys.accessKeyId,
    secretAccessKey: new Secret(keys.secretAccessKey),
    sessionToken: keys.sessionToken === undefined ? null : new Secret(keys.sessionToken),
  };
  const { rows, event, fullAccess } = await runCheck(guard, {
    provider,
    jobs,
    address,
    origin: pageOrigin,
    credentials: {
      kind: 'accessKey',
      open: async () => ({ ok: true, found, durationMilliseconds: 0 }),
      proveTrust: null,
    },
  });
  return {
    event,
    fullAccess,
    row: (id) => {
      const row = rows.find((each) => each.id === id);
      if (row === undefined) throw new Error(`There is no row ${id}.`);
      return row;
    },
    ids: (state) => rows.filter((row) => row.state === state).map(({ id }) => id),
  };
};
