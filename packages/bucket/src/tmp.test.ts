import { it } from 'vitest';
import { startBucket } from './testing/start-bucket.ts';
import { PutObjectCommand, DeleteObjectCommand, S3Client } from '@aws-sdk/client-s3';
it('x', async () => {
  await using started = await startBucket();
  const s3 = new S3Client({ endpoint: started.server.url, region: 'us-east-1', credentials: started.user, forcePathStyle: true, requestChecksumCalculation: 'WHEN_REQUIRED', maxAttempts: 1 });
  const t0 = performance.now(); const lap = (n: string) => console.log(n, Math.round(performance.now() - t0));
  const body = new TextEncoder().encode('hello hello');
  const put = () => s3.send(new PutObjectCommand({ Bucket: 'photos', Key: 'k', Body: body, IfNoneMatch: '*', ContentType: 'text/plain' })).catch((e) => e.name);
  lap('put ' + String(await put()));
  lap('put ' + String(await put()));
  await s3.send(new DeleteObjectCommand({ Bucket: 'photos', Key: 'k' })); lap('del');
});
