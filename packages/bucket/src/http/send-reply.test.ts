import { DeleteObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { expect, it } from 'vitest';
import { startBucket } from '../testing/start-bucket.ts';

it('lets a write that was refused before its body came hold up nothing that follows on the connection', async () => {
  await using started = await startBucket();
  const s3 = new S3Client({
    endpoint: started.server.url,
    region: 'us-east-1',
    credentials: started.user,
    forcePathStyle: true,
    requestChecksumCalculation: 'WHEN_REQUIRED',
    maxAttempts: 1,
  });
  const write = () =>
    s3.send(
      new PutObjectCommand({ Bucket: 'photos', Key: 'k', Body: Buffer.from('hello'), IfNoneMatch: '*' }),
    );
  await write();
  const began = performance.now();
  await expect(write()).rejects.toMatchObject({ name: 'PreconditionFailed' });
  await s3.send(new DeleteObjectCommand({ Bucket: 'photos', Key: 'k' }));
  expect(performance.now() - began).toBeLessThan(1000);
  s3.destroy();
});
