import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { actionFacts, actions, matchActions, resourceTypes } from './action-facts.ts';
import { conditionKeyFacts, conditionKeys } from './key-facts.ts';
import { keyPresence } from './key-presence.ts';
import { serviceExists } from './service-exists.ts';

describe('facts about actions', () => {
  it('knows an action however it is spelt', () => {
    const facts = actionFacts('S3:PUTOBJECT');
    expect(facts?.name).toBe('s3:PutObject');
    expect(facts?.accessLevel).toBe('Write');
    expect(facts?.resourceTypes).toEqual(['accesspointobject', 'object']);
    expect(actionFacts('s3:HeadObject')).toBeNull();
  });

  it('has every part of the table resolved', () => {
    expect(actions.length).toBeGreaterThan(180);
    for (const { name, conditionKeys: keys, resourceTypes: types } of actions) {
      expect(name).toMatch(/^(s3|kms|sts):[A-Z]\w+$/);
      for (const key of keys) expect(conditionKeyFacts(key)?.name, `${name} ${key}`).toBe(key);
      for (const type of types) expect(resourceTypes.map((each) => each.name)).toContain(type);
    }
  });

  it.each([
    ['s3:PutBucketPolicy', 'Permissions management'],
    ['s3:GetObject', 'Read'],
    ['s3:ListBucket', 'List'],
    ['s3:PutObjectTagging', 'Tagging'],
    ['kms:GenerateDataKey', 'Write'],
  ])('%s is of the level %s', (name, level) => {
    expect(actionFacts(name)?.accessLevel).toBe(level);
  });

  it('reaches with a pattern what the pattern reaches', () => {
    expect(matchActions('s3:*MultipartUpload').map(({ name }) => name)).toEqual(['s3:AbortMultipartUpload']);
    expect(matchActions('*')).toHaveLength(actions.length);
    expect(matchActions('s3:Foo*')).toEqual([]);
  });
});

describe('facts about condition keys', () => {
  it.each([
    ['s3:prefix', 'String', false],
    ['S3:Max-Keys', 'Numeric', false],
    ['s3:RequestObjectTagKeys', 'String', true],
    ['aws:SourceIp', 'IPAddress', false],
    ['aws:SecureTransport', 'Bool', false],
    ['aws:PrincipalArn', 'ARN', false],
    ['aws:CurrentTime', 'Date', false],
  ])('%s is %s, several values: %s', (key, type, multiValued) => {
    expect(conditionKeyFacts(key)).toMatchObject({ type, multiValued });
  });

  it('finds the family of a key with a free ending', () => {
    expect(conditionKeyFacts('aws:principaltag/team')?.name).toBe('aws:PrincipalTag/');
    expect(conditionKeyFacts('kms:EncryptionContext:aws:s3:arn')?.name).toBe('kms:EncryptionContext:');
    expect(conditionKeyFacts('s3:RequestObjectTag/')?.name).toBe('s3:RequestObjectTag/');
    expect(conditionKeyFacts('s3:prefix/x')).toBeNull();
    expect(conditionKeyFacts('aws:SourceIP4')).toBeNull();
  });

  it('knows every key of the table by its own name only once', () => {
    expect(new Set(conditionKeys.map(({ name }) => name.toLowerCase())).size).toBe(conditionKeys.length);
  });
});

describe('presence of a key', () => {
  it.each([
    ['s3:PutObject', 's3:prefix', 'never'],
    ['s3:ListBucket', 's3:prefix', 'optional'],
    ['s3:ListBucket', 's3:max-keys', 'always'],
    ['s3:GetBucketLocation', 's3:prefix', 'never'],
    ['s3:ListBucketMultipartUploads', 's3:prefix', 'never'],
    // What only the access point lists, a bucket policy may ask about too.
    ['s3:PutObject', 's3:DataAccessPointArn', 'optional'],
    ['s3:ListBucket', 's3:DataAccessPointAccount', 'optional'],
    ['s3:GetObject', 'aws:SecureTransport', 'always'],
    ['s3:GetObject', 'aws:username', 'optional'],
    ['s3:GetObject', 'aws:TagKeys', 'never'],
    ['s3:PutObject', 's3:RequestObjectTag/team', 'optional'],
    ['s3:GetObject', 's3:RequestObjectTag/team', 'never'],
    ['sts:AssumeRole', 'sts:ExternalId', 'optional'],
    ['ec2:RunInstances', 's3:prefix', 'optional'],
  ])('%s and %s: %s', (action, key, presence) => {
    expect(keyPresence(action, key)).toBe(presence);
  });
});

describe('prefixes of services', () => {
  it.each(['s3', 'S3', 'iam', 'kms', 'sts', 'ec2', 's3express', 'cloudfront', 'dynamodb'])(
    'knows %s',
    (prefix) => {
      expect(serviceExists(prefix)).toBe(true);
    },
  );

  it.each(['s4', 'minio', 'dynamo', ''])('does not know %j', (prefix) => {
    expect(serviceExists(prefix)).toBe(false);
  });

  it('takes few of those that do not exist for known', () => {
    const invented = fc.sample(fc.stringMatching(/^x[a-z0-9]{5,12}$/), { numRuns: 2000, seed: 1 });
    expect(invented.filter(serviceExists).length / invented.length).toBeLessThan(0.03);
  });
});
