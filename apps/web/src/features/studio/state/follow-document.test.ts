import { expect, it } from 'vitest';
import { lintDocument } from '../check/lint-document.ts';
import { firstStudio } from './examples.ts';
import { studioReducer, type StudioAction } from './studio-reducer.ts';
import { openDocument, type CheckState } from './studio-state.ts';

const ann = 'arn:aws:iam::444455556666:user/ann';
const policy = (...buckets: readonly string[]): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: buckets.map((bucket) => ({
      Effect: 'Allow',
      Principal: { AWS: ann },
      Action: 's3:PutObject',
      Resource: `arn:aws:s3:::${bucket}/*`,
    })),
  });
const write = (text: string): StudioAction => ({ type: 'write', id: 'bucket-1', text });
const after = (...actions: readonly StudioAction[]): CheckState =>
  actions.reduce(studioReducer, firstStudio).check;
const rulesOf = (check: CheckState): string[] => {
  const { provider, request, set } = check;
  const { bucket, account } = request;
  const bucketIsSet = set?.includes('bucket') === true;
  return lintDocument(openDocument(check), { provider, bucket, bucketIsSet, account }).map(
    ({ rule }) => rule,
  );
};

it('tries the policy that was pasted over an example, and finds nothing wrong with its bucket', () => {
  for (const check of [after(write(policy('media'))), after(write(''), write(policy('media')))]) {
    expect(check.request).toMatchObject({ bucket: 'media', principal: ann, account: '444455556666' });
    expect(rulesOf(check)).not.toContain('S3R015');
  }
});

it('follows one policy after the other, and the example when the paste is undone', () => {
  const example = firstStudio.check;
  expect(after(write(policy('media')), write(''), write(policy('other'))).request.bucket).toBe('other');
  const undone = after(write(policy('media')), write(openDocument(example).text));
  expect(undone.request).toEqual(example.request);
});

it('keeps what the person has set, and says that the policy is about another bucket', () => {
  const check = after({ type: 'try', request: { bucket: 'mine', principal: '*' } }, write(policy('media')));
  expect(check.request).toMatchObject({ bucket: 'mine', principal: '*' });
  expect(rulesOf(check)).toContain('S3R015');
});

it('guesses no bucket where the policy names several, and none is held against it', () => {
  const check = after(write(policy('media', 'thumbs')));
  expect(check.request.bucket).toBe(firstStudio.check.request.bucket);
  expect(
    rulesOf({ ...check, documents: [{ id: 'b', kind: 'bucket', text: policy('media-*') }] }),
  ).not.toContain('S3R015');
});

it('follows the bucket policy where there is one, and no trust policy', () => {
  const add: StudioAction = { type: 'add', kind: 'identity', text: '{}' };
  const beside = after(add, { type: 'write', id: 'identity-2', text: policy('media') });
  expect(beside.request).toEqual(firstStudio.check.request);
  const trust = after({ type: 'kind', id: 'bucket-1', kind: 'trust' }, write(policy('media')));
  expect(trust.request).toEqual(firstStudio.check.request);
});
