import {
  CreateBucketCommand,
  DeleteObjectsCommand,
  ListObjectsV2Command,
  PutBucketCorsCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import type { MeasuredServer } from '../bucket/servers.ts';

/** A bucket that everybody uploads to. */
export interface Target {
  server: MeasuredServer;
  bucket: string;
  provider: 'embedded' | 'ceph';
  /** @throws Error where what lies below the prefix is not so many objects of so many bytes */
  verify(prefix: string, expected: { files: number; bytes: number }): Promise<void>;
  /** Deletes everything below a prefix: the next contender finds the server as this one did. */
  clear(prefix: string): Promise<void>;
}

export const region = 'us-east-1';

export const makeTarget = async (server: MeasuredServer, provider: Target['provider']): Promise<Target> => {
  const client = new S3Client({
    endpoint: server.endpoint,
    region,
    credentials: server.keys,
    forcePathStyle: true,
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
  });
  const bucket = 'bench-transfer';
  await client.send(new CreateBucketCommand({ Bucket: bucket }));
  await client.send(
    new PutBucketCorsCommand({
      Bucket: bucket,
      CORSConfiguration: {
        CORSRules: [
          {
            AllowedOrigins: ['*'],
            AllowedMethods: ['GET', 'PUT'],
            AllowedHeaders: ['*'],
            ExposeHeaders: ['ETag'],
            MaxAgeSeconds: 3600,
          },
        ],
      },
    }),
  );
  const list = async (prefix: string) => {
    const found: { key: string; size: number }[] = [];
    let token: string | undefined;
    do {
      const page = await client.send(
        new ListObjectsV2Command({ Bucket: bucket, Prefix: prefix, ContinuationToken: token }),
      );
      for (const { Key, Size } of page.Contents ?? []) found.push({ key: Key ?? '', size: Size ?? 0 });
      token = page.NextContinuationToken;
    } while (token !== undefined);
    return found;
  };
  return {
    server,
    bucket,
    provider,
    verify: async (prefix, { files, bytes }) => {
      const found = await list(prefix);
      const sum = found.reduce((total, { size }) => total + size, 0);
      if (found.length !== files || sum !== bytes)
        throw new Error(`${found.length} objects of ${sum} bytes at ${prefix}, not ${files} of ${bytes}`);
    },
    clear: async (prefix) => {
      const found = await list(prefix);
      for (let start = 0; start < found.length; start += 1000)
        await client.send(
          new DeleteObjectsCommand({
            Bucket: bucket,
            Delete: {
              Objects: found.slice(start, start + 1000).map(({ key }) => ({ Key: key })),
              Quiet: true,
            },
          }),
        );
    },
  };
};
