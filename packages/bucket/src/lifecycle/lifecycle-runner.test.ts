import { expect, test } from 'vitest';
import { createTemporaryStore, type TemporaryStore } from '../store/temporary-store.ts';
import { expirationHeader, midnightAfter, type LifecycleRule } from './lifecycle-rule.ts';
import { createLifecycleRunner, type LifecycleRunner } from './lifecycle-runner.ts';

const setRules = (temporary: TemporaryStore, rules: string): Promise<void> =>
  temporary.store.putDocument('b', 'lifecycle', `<LifecycleConfiguration>${rules}</LifecycleConfiguration>`);

const runnerOf = (temporary: TemporaryStore, warnings: string[] = []): LifecycleRunner =>
  createLifecycleRunner({
    store: temporary.store,
    clock: { now: () => temporary.now },
    intervalMilliseconds: 3_600_000,
    log: { warn: (_facts, message) => void warnings.push(message) },
  });

const rule: LifecycleRule = {
  id: 'a',
  enabled: true,
  prefix: '',
  sizeGreaterThan: undefined,
  sizeLessThan: undefined,
  expirationDays: undefined,
  expirationDate: undefined,
  abortIncompleteDays: undefined,
};

test('days are rounded up to the next midnight UTC', () => {
  // The example of the S3 user guide.
  expect(midnightAfter(new Date('2014-01-15T10:30:00Z'), 3)).toEqual(new Date('2014-01-19T00:00:00Z'));
  expect(midnightAfter(new Date('2014-01-15T10:30:00Z'), 2_147_483_647).getTime()).not.toBeNaN();
});

test('objects expire at midnight, not before, and only those of the rule', async () => {
  await using temporary = await createTemporaryStore();
  await temporary.put('old/a', 'x');
  await temporary.put('old/large', 'x'.repeat(11));
  await temporary.put('new/a', 'x');
  await setRules(
    temporary,
    `<Rule><Status>Enabled</Status><Filter><And><Prefix>old/</Prefix><ObjectSizeLessThan>10</ObjectSizeLessThan></And></Filter>
     <Expiration><Days>1</Days></Expiration></Rule>
     <Rule><Status>Disabled</Status><Filter/><Expiration><Days>1</Days></Expiration></Rule>`,
  );
  await using runner = runnerOf(temporary);
  temporary.now = new Date('2026-05-02T23:59:59Z');
  await runner.run();
  expect(await temporary.keys()).toEqual(['new/a', 'old/a', 'old/large']);
  temporary.now = new Date('2026-05-03T00:00:00Z');
  await runner.run();
  expect(await temporary.keys()).toEqual(['new/a', 'old/large']);
});

test('a date ends what is there from then on', async () => {
  await using temporary = await createTemporaryStore();
  for (let n = 0; n < 1005; n += 1) await temporary.put(`k/${n}`, '');
  await setRules(
    temporary,
    '<Rule><Status>Enabled</Status><Filter/><Expiration><Date>2026-05-02</Date></Expiration></Rule>',
  );
  await using runner = runnerOf(temporary);
  await runner.run();
  expect(await temporary.keys()).toHaveLength(1000);
  temporary.now = new Date('2026-05-02T00:00:00Z');
  await runner.run();
  expect(await temporary.keys()).toEqual([]);
});

test('uploads that were never completed end with their parts', async () => {
  await using temporary = await createTemporaryStore();
  const begin = (key: string) =>
    temporary.store.createUpload({
      bucket: 'b',
      key,
      headers: {},
      metadata: {},
      ownerId: 'owner',
      checksumAlgorithm: undefined,
      checksumType: 'COMPOSITE',
    });
  const { uploadId } = await begin('in/a');
  await temporary.putPart('in/a', uploadId, 1, Buffer.from('x'));
  const other = await begin('other');
  await setRules(
    temporary,
    `<Rule><Status>Enabled</Status><Filter><Prefix>in/</Prefix></Filter>
     <AbortIncompleteMultipartUpload><DaysAfterInitiation>2</DaysAfterInitiation></AbortIncompleteMultipartUpload></Rule>`,
  );
  await using runner = runnerOf(temporary);
  temporary.now = new Date('2026-05-03T23:59:59Z');
  await runner.run();
  await temporary.store.getUpload('b', 'in/a', uploadId);
  temporary.now = new Date('2026-05-04T00:00:00Z');
  await runner.run();
  await expect(temporary.store.getUpload('b', 'in/a', uploadId)).rejects.toMatchObject({
    code: 'NoSuchUpload',
  });
  await temporary.store.getUpload('b', 'other', other.uploadId);
  expect(await temporary.filesIn('blobs')).toEqual([]);
});

test('rules that can not be read are told and keep no other bucket from its own', async () => {
  await using temporary = await createTemporaryStore();
  await temporary.store.createBucket('a', 'owner');
  await temporary.store.putDocument('a', 'lifecycle', 'not XML');
  await temporary.put('k', 'x');
  await setRules(
    temporary,
    '<Rule><Status>Enabled</Status><Filter/><Expiration><Days>1</Days></Expiration></Rule>',
  );
  temporary.now = new Date('2026-06-01T00:00:00Z');
  const warnings: string[] = [];
  await using runner = runnerOf(temporary, warnings);
  await runner.run();
  expect(await temporary.keys()).toEqual([]);
  expect(new Set(warnings)).toEqual(new Set(['the lifecycle rules of a bucket could not be carried out']));
});

test('x-amz-expiration tells the earliest rule', () => {
  const object = { key: 'k', size: 1, lastModified: new Date('2012-12-19T10:00:00Z') };
  expect(expirationHeader([rule], object)).toBeUndefined();
  expect(expirationHeader([{ ...rule, expirationDays: 1, enabled: false }], object)).toBeUndefined();
  const rules = [
    { ...rule, id: 'later', expirationDays: 9 },
    { ...rule, id: 'picture rule', expirationDays: 1 },
  ];
  expect(expirationHeader(rules, object)).toBe(
    'expiry-date="Fri, 21 Dec 2012 00:00:00 GMT", rule-id="picture%20rule"',
  );
});
