import { describe, expect, test } from 'vitest';
import type { Statement } from '../document/policy-document.ts';
import type { PolicySet } from '../evaluate/access-request.ts';
import { generate } from '../generate/generate.ts';
import { capabilities } from '../jobs/capability.ts';
import { compareWithJob } from './compare-with-job.ts';

const caller = { principal: 'arn:aws:iam::111122223333:user/ann', resourceAccount: '111122223333' };
const target = { bucket: 'media', prefix: 'uploads/', caller };
const identity = (...Statement: Statement[]): PolicySet => ({
  identity: [{ Version: '2012-10-17', Statement }],
});

describe('compareWithJob', () => {
  test('names the call that fails, with the statement to add', () => {
    const readOnly = identity({
      Effect: 'Allow',
      Action: 's3:GetObject',
      Resource: 'arn:aws:s3:::media/uploads/*',
    });
    const rows = compareWithJob(readOnly, ['ingestResumable'], target);
    expect(rows.find(({ action, state }) => action === 'PutObject' && state === 'missing')).toMatchObject({
      resource: 'arn:aws:s3:::media/uploads/photo.jpg',
      accessLevel: 'Write',
      statement: { Effect: 'Allow', Action: 's3:PutObject', Resource: 'arn:aws:s3:::media/uploads/*' },
    });
    expect(rows.find(({ action }) => action === 'GetObject')).toMatchObject({
      state: 'excess',
      accessLevel: 'Read',
    });
  });

  test('finds everything that a full-access key has too much, with the statement to drop', () => {
    const statement: Statement = { Sid: 'All', Effect: 'Allow', Action: 's3:*', Resource: '*' };
    const rows = compareWithJob(identity(statement), ['ingest'], target);
    const excess = rows.filter(({ state }) => state === 'excess');
    expect(excess.map(({ action }) => action)).toEqual(
      expect.arrayContaining([
        'DeleteObject',
        'PutBucketPolicy',
        'PutObjectAcl',
        'ListObjectsV2',
        'GetObject',
      ]),
    );
    expect(excess.every((row) => row.statement === statement)).toBe(true);
    expect(new Set(excess.map(({ accessLevel }) => accessLevel))).toContain('Permissions management');
    expect(rows.filter(({ state }) => state === 'missing')).toEqual([]);
  });

  test('offers nothing to add against a Deny, and says which one it is', () => {
    const rows = compareWithJob(
      identity(
        { Effect: 'Allow', Action: 's3:PutObject', Resource: 'arn:aws:s3:::media/uploads/*' },
        {
          Sid: 'Fence',
          Effect: 'Deny',
          Action: 's3:PutObject',
          Resource: 'arn:aws:s3:::media/*',
          Condition: { StringNotLikeIfExists: { 's3:prefix': 'uploads/*' } },
        },
      ),
      ['ingest'],
      target,
    );
    const upload = rows.find(({ action }) => action === 'PutObject');
    expect(upload).toMatchObject({ state: 'missing', statement: null });
    expect(upload?.reason).toContain('Fence');
  });

  test('does not know what a variable without a value would reach', () => {
    const rows = compareWithJob(
      identity({
        Effect: 'Allow',
        Action: 's3:PutObject',
        Resource: 'arn:aws:s3:::media/${aws:PrincipalTag/folder}/*',
      }),
      ['ingest'],
      target,
    );
    expect(rows.find(({ action }) => action === 'PutObject')?.state).toBe('unknown');
  });

  test.each(capabilities.map((one) => [one]))(
    'finds what was generated for %s to be right, whatever the prefix',
    (capability) => {
      for (const prefix of ['', 'uploads/', 'a*?${b}/é/']) {
        const { identity: document } = generate({
          capabilities: [capability],
          provider: 'aws',
          bucket: 'media',
          prefix,
        });
        const rows = compareWithJob({ identity: document === null ? [] : [document] }, [capability], {
          ...target,
          prefix,
          user: 'ann',
        });
        expect(rows.filter(({ state }) => state !== 'equal')).toEqual([]);
      }
    },
  );

  test.each(capabilities.map((one) => [one]))('mends %s by what it offers to add', (capability) => {
    const rows = compareWithJob({ identity: [] }, [capability], {
      ...target,
      prefix: 'a*?${b}/',
      user: 'ann',
    });
    const added = rows.flatMap(({ state, statement }) =>
      state === 'missing' && statement !== null ? [statement] : [],
    );
    const mended = compareWithJob(identity(...added), [capability], {
      ...target,
      prefix: 'a*?${b}/',
      user: 'ann',
    });
    expect(mended.filter(({ state }) => state !== 'equal')).toEqual([]);
  });
});
