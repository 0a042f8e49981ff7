import fc from 'fast-check';
import { expect, it } from 'vitest';
import { draftBody, emptyDraft, readDraft, stepErrors, withBlank, withProvider } from './draft.ts';

const filled = { ...emptyDraft, name: 'photos', bucket: 'my-photos' };

it('takes region, addressing and endpoint from the preset', () => {
  expect(withProvider(filled, 'r2')).toMatchObject({ region: 'auto', addressing: 'path', endpoint: '' });
  expect(withBlank(withProvider(filled, 'r2'), { account: 'abc' }).endpoint).toBe(
    'https://abc.r2.cloudflarestorage.com',
  );
});

it('leaves an endpoint that the person gave', () => {
  const own = { ...withProvider(filled, 'minio'), endpoint: 'https://minio.example' };
  expect(withBlank(own, { region: 'eu-1' }).endpoint).toBe('https://minio.example');
});

it('names the blank that keeps the step from being left', () => {
  expect(stepErrors('bucket', filled)).toEqual({});
  expect(stepErrors('bucket', withProvider(filled, 'r2'))).toHaveProperty('account');
  expect(stepErrors('job', { ...filled, jobs: [] })).toHaveProperty('jobs');
  expect(stepErrors('credentials', filled)).toHaveProperty('secretAccessKey');
});

it('needs no session token', () => {
  expect(stepErrors('credentials', { ...filled, accessKeyId: 'AK', secretAccessKey: 'S' })).toEqual({});
});

it('sends credentials only when there are some, and no helper field', () => {
  expect(draftBody(filled)).not.toHaveProperty('credentials');
  const body = draftBody({ ...filled, accessKeyId: 'AK', secretAccessKey: 'S' });
  expect(body).toMatchObject({ credentials: { accessKeyId: 'AK', secretAccessKey: 'S' } });
  expect(body).not.toHaveProperty('account');
});

it('reads back what it kept, and survives anything else', () => {
  expect(readDraft(JSON.parse(JSON.stringify(filled)))).toEqual(filled);
  fc.assert(
    fc.property(fc.jsonValue(), (stored) => {
      expect(Object.keys(readDraft(stored)).toSorted()).toEqual(Object.keys(emptyDraft).toSorted());
    }),
  );
});
