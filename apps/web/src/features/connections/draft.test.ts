import fc from 'fast-check';
import { expect, it } from 'vitest';
import { draftBody, emptyDraft, fieldsOf, readDraft, stepErrors, withBlank, withProvider } from './draft.ts';

const filled = { ...emptyDraft, name: 'photos', bucket: 'my-photos' };

it('takes region, addressing and endpoint from the preset', () => {
  expect(withProvider(filled, 'r2')).toMatchObject({ region: 'auto', addressing: 'path', endpoint: '' });
  expect(withBlank(withProvider(filled, 'r2'), { account: 'abc' }).endpoint).toBe(
    'https://abc.r2.cloudflarestorage.com',
  );
});

it('takes region and endpoint of the embedded bucket from the server that brings it', () => {
  const place = { endpoint: 'http://127.0.0.1:7402', region: 'eu-test-1' };
  expect(withProvider(filled, 'embedded', place)).toMatchObject({ ...place, addressing: 'path' });
  // They are no other provider's.
  expect(withProvider(filled, 'minio', place)).toMatchObject({ endpoint: '', region: 'us-east-1' });
});

it('leaves an endpoint that the person gave', () => {
  const own = { ...withProvider(filled, 'minio'), endpoint: 'https://minio.example' };
  expect(withBlank(own, { region: 'eu-1' }).endpoint).toBe('https://minio.example');
});

it('names the blank that keeps the step from being left', () => {
  expect(stepErrors('bucket', filled)).toEqual({});
  expect(stepErrors('bucket', withProvider(filled, 'r2'))).toHaveProperty('account');
  expect(stepErrors('job', { ...filled, jobs: [] })).toHaveProperty('jobs');
});

it('sends every field but the one that only helps to fill the endpoint', () => {
  const { account: _account, ...sent } = filled;
  expect(draftBody(filled)).toEqual(sent);
});

it('has each field in one of its steps', () => {
  expect(Object.values(fieldsOf).flat().toSorted()).toEqual(Object.keys(emptyDraft).toSorted());
});

it('reads back what it kept, and survives anything else', () => {
  expect(readDraft(JSON.parse(JSON.stringify(filled)))).toEqual(filled);
  fc.assert(
    fc.property(fc.jsonValue(), (stored) => {
      expect(Object.keys(readDraft(stored)).toSorted()).toEqual(Object.keys(emptyDraft).toSorted());
    }),
  );
});
