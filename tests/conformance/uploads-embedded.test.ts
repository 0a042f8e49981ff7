import { afterAll, beforeAll, describe } from 'vitest';
import { startBucket, type StartedBucket } from '../../packages/bucket/src/testing/start-bucket.ts';
import { describeLeftBehind } from './left-behind.ts';

describe('the embedded bucket', () => {
  let bucket: StartedBucket;
  beforeAll(async () => {
    bucket = await startBucket();
  });
  afterAll(() => bucket[Symbol.asyncDispose]());

  describeLeftBehind(() => ({
    provider: 'embedded',
    endpoint: bucket.server.url,
    region: 'us-east-1',
    bucket: 'photos',
    keys: bucket.user,
  }));
});
