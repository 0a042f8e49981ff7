import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { conditionKeys } from '../facts/key-facts.ts';
import { policyKinds } from '../document/policy-document.ts';
import { lintPolicy } from './lint-policy.ts';

const word = fc.oneof(
  fc.constantFrom(
    '*',
    's3:*',
    's3:PutObject',
    's3:ListBucket',
    's3:HeadObject',
    'arn:aws:s3:::b',
    'arn:aws:s3:::b/*',
    'arn:aws:s3:::b/u/*',
    's3://b/x',
    '${aws:username',
    '${}',
    'arn:',
    'true',
    '10.0.0.0/8',
    '111122223333',
    'constructor',
    '__proto__',
    '',
  ),
  fc.string({ maxLength: 8 }),
);
const oneOrMany = fc.oneof(word, fc.array(word, { maxLength: 3 }), fc.anything({ maxDepth: 2 }));
const condition = fc.dictionary(
  fc.oneof(
    fc.constantFrom(
      'StringEquals',
      'StringNotLikeIfExists',
      'ForAllValues:StringLike',
      'Null',
      'Bool',
      'IpAddress',
      'DateLessThan',
      'toString',
    ),
    fc.string({ maxLength: 5 }),
  ),
  fc.dictionary(
    fc.oneof(
      fc.constantFrom(...conditionKeys.slice(0, 60).map(({ name }) => name), 's3:prefix', 'toString'),
      fc.string({ maxLength: 5 }),
    ),
    oneOrMany,
    { maxKeys: 2 },
  ),
  { maxKeys: 2 },
);
const principal = fc.oneof(
  fc.constant('*'),
  fc.dictionary(fc.constantFrom('AWS', 'Service', 'Federated', 'Aws', 'valueOf'), oneOrMany, { maxKeys: 2 }),
  fc.anything({ maxDepth: 1 }),
);
const statement = fc.record(
  {
    Sid: word,
    Effect: fc.constantFrom('Allow', 'Deny', 'allow', 1),
    Principal: principal,
    NotPrincipal: principal,
    Action: oneOrMany,
    NotAction: oneOrMany,
    Resource: oneOrMany,
    NotResource: oneOrMany,
    Condition: condition,
    Extra: word,
  },
  { requiredKeys: [] },
);
const document = fc.record(
  {
    Version: fc.constantFrom('2012-10-17', '2008-10-17', 'x', 3),
    Id: word,
    Statement: fc.oneof(statement, fc.array(statement, { maxLength: 4 })),
  },
  { requiredKeys: [] },
);

/** A policy of 20 KB. */
const large = (make: (at: number) => object) =>
  JSON.stringify(
    { Version: '2012-10-17', Statement: Array.from({ length: 70 }, (_, at) => make(at)) },
    null,
    1,
  ).slice(0, 20_000);

describe('any policy', () => {
  test('is linted without a throw, with findings that lie in the text and in its order, and fixes that are JSON', () => {
    fc.assert(
      fc.property(document, fc.constantFrom(...policyKinds), fc.boolean(), (policy, kind, pretty) => {
        const text = JSON.stringify(policy, null, pretty ? 2 : 0);
        const findings = lintPolicy(text, {
          kind,
          bucket: 'b',
          prefix: 'u/',
          provider: 'ceph',
          capabilities: ['process'],
        });
        let last = 0;
        for (const { start, end, fixes } of findings) {
          expect(start).toBeGreaterThanOrEqual(last);
          expect(end).toBeGreaterThanOrEqual(start);
          expect(end).toBeLessThanOrEqual(text.length);
          last = start;
          for (const fix of fixes) expect(() => JSON.parse(fix.text) as unknown).not.toThrow();
        }
      }),
      { numRuns: 1000 },
    );
  });

  test('is linted without a throw when it is broken anywhere', () => {
    fc.assert(
      fc.property(document, fc.nat(), fc.nat(40), fc.string({ maxLength: 3 }), (policy, at, length, junk) => {
        const text = JSON.stringify(policy, null, 2);
        const from = at % (text.length + 1);
        expect(
          lintPolicy(text.slice(0, from) + junk + text.slice(from + length), { kind: 'bucket' }),
        ).toBeInstanceOf(Array);
      }),
      { numRuns: 1000 },
    );
  });

  test.each([
    [
      'statements',
      large((at) => ({
        Sid: `S${at}`,
        Effect: at % 3 === 0 ? 'Deny' : 'Allow',
        Principal: '*',
        Action: ['s3:Get*', 's3:PutObject'],
        Resource: `arn:aws:s3:::b/p${at}/*`,
        Condition: { StringLike: { 'aws:PrincipalArn': `arn:aws:iam::111122223333:role/${at}*` } },
      })),
    ],
    [
      'stars',
      large(() => ({
        Effect: 'Allow',
        Principal: '*',
        Action: `s3:${'*a'.repeat(40)}`,
        Resource: `arn:aws:s3:::b/${'*a'.repeat(60)}`,
      })),
    ],
    [
      'variables',
      `{"Statement":{"Effect":"Allow","Action":"s3:*","Resource":"arn:aws:s3:::b/${'${a'.repeat(6000)}"}}`,
    ],
    [
      'long names',
      `{"Statement":{"Effect":"Allow","Action":"s3:${'a'.repeat(19_000)}","Resource":"${'your-'.repeat(50)}"}}`,
    ],
  ])('of 20 KB takes a moment: %s', (_name, text) => {
    const samples = Array.from({ length: 8 }, () => {
      const started = performance.now();
      lintPolicy(text, { kind: 'bucket', bucket: 'b' });
      return performance.now() - started;
    });
    // The aim is 20 ms; the limit leaves room for a machine that is busy with something else.
    expect(Math.min(...samples)).toBeLessThan(150);
  });
});
