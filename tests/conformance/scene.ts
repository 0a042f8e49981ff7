import { randomUUID } from 'node:crypto';
import { CreateBucketCommand, PutObjectCommand, S3Client, type S3ClientConfig } from '@aws-sdk/client-s3';
import type { Keys, Scene, Target } from './behaviour.ts';

const clientOf = (target: Target, keys: Keys, config: S3ClientConfig = {}): S3Client =>
  new S3Client({
    endpoint: target.endpoint,
    region: target.region,
    credentials: keys,
    forcePathStyle: true,
    maxAttempts: 1,
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    ...config,
  });

/** A fresh bucket on the target and clients for it; disposing closes the sockets. */
export const openScene = async (target: Target): Promise<Scene & Disposable> => {
  const clients: S3Client[] = [];
  const client: Scene['client'] = (keys, config) => {
    const made = clientOf(target, keys, config);
    clients.push(made);
    return made;
  };
  const bucket = `c-${randomUUID()}`;
  const s3 = client(target.owner);
  await s3.send(new CreateBucketCommand({ Bucket: bucket }));
  return {
    target,
    bucket,
    s3,
    client,
    put: async (key, body) => {
      const { ETag } = await s3.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: body }));
      return ETag ?? '';
    },
    url: (key) => `${target.endpoint}/${bucket}/${key.split('/').map(encodeURIComponent).join('/')}`,
    [Symbol.dispose]: () => {
      for (const made of clients) made.destroy();
    },
  };
};
