import { expect, it } from 'vitest';
import { asRowStatement, statementToAdd } from './row-statements.ts';

it('writes statements in the characters that IAM takes, whatever the prefix has', () => {
  const place = { bucket: 'media', prefix: '日本/é/', region: 'eu-central-1' };
  const row = asRowStatement('add', statementToAdd('put', place));
  // IAM: PolicyDocument takes nothing beyond U+00FF.
  expect(row?.json).toMatch(/^[\t\n\r\u0020-\u00ff]+$/);
  expect(JSON.parse(row?.json ?? '')).toMatchObject({
    Action: 's3:PutObject',
    Resource: 'arn:aws:s3:::media/日本/é/*',
  });
});
