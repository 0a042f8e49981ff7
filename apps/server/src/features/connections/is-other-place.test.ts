import { expect, test } from 'vitest';
import { isOtherPlace } from './is-other-place.ts';

const before = { endpoint: 'https://s3.eu-central-1.amazonaws.com', bucket: 'photos', prefix: 'in/' };
const minio = { ...before, endpoint: 'https://minio.example.com' };

test.each([
  ['the same', before, before, false],
  ['another region of AWS', before, { ...before, endpoint: 'https://s3.us-west-2.amazonaws.com' }, false],
  ['the old global name of AWS', before, { ...before, endpoint: 'https://s3.amazonaws.com' }, false],
  ['AWS by IPv6', before, { ...before, endpoint: 'https://s3.dualstack.eu-central-1.amazonaws.com' }, false],
  ['AWS in China', before, { ...before, endpoint: 'https://s3.cn-north-1.amazonaws.com.cn' }, true],
  ['another server', before, minio, true],
  ['a server whose name only looks like AWS', before, { ...before, endpoint: 'https://s3.evil.com' }, true],
  ['another port', minio, { ...minio, endpoint: 'https://minio.example.com:9000' }, true],
  ['another bucket', minio, { ...minio, bucket: 'Photos' }, true],
  ['another prefix', minio, { ...minio, prefix: '' }, true],
])('%s', (_what, from, to, other) => {
  expect(isOtherPlace(from, to)).toBe(other);
  expect(isOtherPlace(to, from)).toBe(other);
});
