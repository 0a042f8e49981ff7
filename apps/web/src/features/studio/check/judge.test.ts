import { describe, expect, it } from 'vitest';
import { examples, firstStudio } from '../state/examples.ts';
import { studioReducer, type StudioAction } from '../state/studio-reducer.ts';
import type { CheckState, StudioDocument } from '../state/studio-state.ts';
import { judge, litIn, toApiCall } from './judge.ts';
import { lintDocument } from './lint-document.ts';
import { readDocuments } from './read-documents.ts';

const judged = (check: CheckState) => judge(check.request, readDocuments(check.documents, check.request));
const found = (document: StudioDocument, { provider, request }: CheckState) =>
  lintDocument(document, { provider, bucket: request.bucket, bucketIsSet: false, account: request.account });
const after = (...actions: readonly StudioAction[]): CheckState =>
  actions.reduce(studioReducer, firstStudio).check;

describe('the first example', () => {
  it('shows a fence that shuts out every upload, and lights it', () => {
    const { check } = firstStudio;
    const judgement = judged(check);
    expect(judgement.decision).toBe('ExplicitlyDenied');
    expect(litIn('bucket-1', judgement, 'bucket-1')).toEqual({ statement: 1, tone: 'missing' });
    expect(litIn('identity-1', judgement, 'bucket-1')).toBeNull();
  });

  it('allows exactly the prefix once the fix is applied', () => {
    const [document] = firstStudio.check.documents;
    if (document === undefined) throw new Error('the example has a document');
    const finding = found(document, firstStudio.check).find(({ rule }) => rule === 'S3C002');
    const text = finding?.fixes[0]?.text ?? '';
    const fixed = { type: 'write', id: document.id, text } as const;
    expect(judged(after(fixed)).decision).toBe('Allowed');
    expect(judged(after(fixed, { type: 'try', request: { key: 'x.jpg' } })).decision).toBe(
      'ExplicitlyDenied',
    );
  });
});

it.each([
  ['delivery', 'Allowed'],
  ['orders', 'Allowed'],
  ['gallery', 'ImplicitlyDenied'],
])('judges the example %s as its words say', (id, decision) => {
  const example = examples.find((one) => one.id === id);
  expect(example && judged(example.check).decision).toBe(decision);
});

it('finds something in every example', () => {
  for (const { check } of examples) {
    expect(check.documents.flatMap((document) => found(document, check))).not.toEqual([]);
  }
});

it('says which document keeps it from judging', () => {
  const judgement = judged(after({ type: 'write', id: 'bucket-1', text: '{ "Statement": [' }));
  expect(judgement).toMatchObject({ decision: null, problem: expect.stringContaining('bucket policy') });
});

it('takes the identity of another account only with a policy of its own', () => {
  const stranger = { principal: 'arn:aws:iam::444455556666:user/vendor' };
  const open = JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Allow', Principal: '*', Action: 's3:PutObject', Resource: 'arn:aws:s3:::example-media/*' },
    ],
  });
  const written = [
    { type: 'try', request: stranger },
    { type: 'write', id: 'bucket-1', text: open },
  ] as const;
  expect(judged(after(...written)).decision).toBe('ImplicitlyDenied');
  const own = open.replace('"Principal":"*",', '');
  expect(judged(after(...written, { type: 'add', kind: 'identity', text: own })).decision).toBe('Allowed');
});

describe('toApiCall', () => {
  const { request } = firstStudio.check;

  it('leaves away what the operation does not take', () => {
    expect(toApiCall({ ...request, operation: 'ListObjectsV2' })).toEqual({
      operation: 'ListObjectsV2',
      bucket: 'example-media',
    });
  });

  it('brings the source of a copy, and headers that have a name', () => {
    const source = { bucket: 'other', key: 'b.jpg' };
    const parameters = [
      { name: '', value: 'half written' },
      { name: 'x-amz-acl', value: 'private' },
    ];
    expect(toApiCall({ ...request, operation: 'CopyObject', source, parameters })).toEqual({
      operation: 'CopyObject',
      bucket: 'example-media',
      key: 'uploads/a.jpg',
      source,
      parameters: { 'x-amz-acl': 'private' },
    });
  });
});
