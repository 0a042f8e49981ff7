import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ApiCall } from '../calls/api-call.ts';
import type { Caller } from '../calls/caller.ts';
import { evaluateCall } from '../calls/evaluate-call.ts';
import type { PolicyDocument, PolicyKind } from '../document/policy-document.ts';
import type { PolicySet } from '../evaluate/access-request.ts';
import { capabilities } from '../jobs/capability.ts';
import type { NeedRow } from '../jobs/need-row.ts';
import { needsOf } from '../jobs/needs.ts';
import type { LintOptions } from '../lint/lint-options.ts';
import { lintPolicy } from '../lint/lint-policy.ts';
import { placeholderIn } from '../lint/placeholder.ts';
import { accessPointArn } from './bucket-policy.ts';
import { formatPolicy } from './format-policy.ts';
import type { GenerateInput } from './generate-input.ts';
import { generate } from './generate.ts';
import { literal } from './resource-names.ts';
import { sessionPolicy } from './session-policy.ts';

const owner = '111122223333';
const other = '444455556666';
const kmsKey = `arn:aws:kms:eu-central-1:${owner}:key/1234abcd`;

const bucketName = fc
  .tuple(
    fc.constantFrom('m', 'b', '7'),
    fc.string({ unit: fc.constantFrom('a', '9', '-'), minLength: 1, maxLength: 12 }),
    fc.constantFrom('z', '0'),
  )
  .map((parts) => parts.join(''))
  .filter((name) => !name.includes('--'));
/** What breaks patterns, variables, JSON and encodings, beside letters of all lengths. What looks like a placeholder is left out. */
const segment = fc
  .string({
    unit: fc.constantFrom(
      'a',
      'B',
      'é',
      '日',
      '🙂',
      ' ',
      '$',
      '${x}',
      '*',
      '?',
      '"',
      "'",
      '\\',
      '%',
      ':',
      '+',
      '.',
      ',',
    ),
    minLength: 1,
    maxLength: 6,
  })
  .filter((text) => text !== '.' && text !== '..');
const prefix = fc
  .array(segment, { maxLength: 3 })
  .map((segments) => segments.map((one) => `${one}/`).join(''))
  .filter((text) => placeholderIn(literal(text)) === null);

const jobs = fc.record({
  capabilities: fc.subarray([...capabilities], { minLength: 1, maxLength: 3 }),
  bucket: bucketName,
  prefix,
  outputPrefix: fc.option(prefix, { nil: undefined }),
  addOns: fc.record({
    writeOnce: fc.boolean(),
    tlsOnly: fc.boolean(),
    accountPin: fc.boolean(),
    kms: fc.boolean(),
  }),
});
type Job = typeof jobs extends fc.Arbitrary<infer Value> ? Value : never;

const inputOf = (job: Job, more: Partial<GenerateInput> = {}): GenerateInput => {
  const { kms, ...addOns } = job.addOns;
  return {
    capabilities: job.capabilities,
    provider: 'aws',
    bucket: job.bucket,
    prefix: job.prefix,
    ...(job.outputPrefix !== undefined && { outputPrefix: job.outputPrefix }),
    region: 'eu-central-1',
    accountId: owner,
    addOns: { ...addOns, ...(kms && { kmsKey }) },
    ...more,
  };
};

const rowsOf = (job: Job, writeOnce: boolean): NeedRow[] =>
  needsOf(job.capabilities, { ...job, user: 'ann', writeOnce });

/** The key that the bucket encrypts with has a say in what reads and writes objects. */
const encrypted = (call: ApiCall): ApiCall =>
  call.key === undefined
    ? call
    : { ...call, parameters: { ...call.parameters, 'x-amz-server-side-encryption-aws-kms-key-id': kmsKey } };

/** Calls that are answered otherwise than the job needs: one that it must make and cannot, or must not and can. */
const breaches = (
  rows: readonly NeedRow[],
  caller: Caller,
  policies: PolicySet,
  asked = (call: ApiCall) => call,
): string[] =>
  rows.flatMap(({ kind, id, call }) => {
    const { decision, reason } = evaluateCall(asked(call), caller, policies);
    return (decision === 'Allowed') === (kind === 'must')
      ? []
      : [`${kind} ${id} ${JSON.stringify(call)}: ${reason}`];
  });

/** Everything but hints, with all that the linter can know about the document. */
const findings = (
  document: PolicyDocument | null,
  kind: PolicyKind,
  job: Job,
  more: Partial<LintOptions> = {},
): string[] =>
  document === null
    ? []
    : lintPolicy(formatPolicy(document), {
        kind,
        capabilities: job.capabilities,
        bucket: job.bucket,
        prefix: job.prefix,
        outputPrefix: job.outputPrefix,
        accountId: owner,
        provider: 'aws',
        kmsKey: job.addOns.kms ? kmsKey : undefined,
        ...more,
      })
        .filter(({ severity }) => severity !== 'info')
        .map(({ rule, message }) => `${kind} ${rule} ${message}`);

const user = (account: string): Caller => ({
  principal: `arn:aws:iam::${account}:user/ann`,
  resourceAccount: owner,
});
const sessionOf = (account: string): Caller => ({
  principal: `arn:aws:sts::${account}:assumed-role/windlass/s1`,
  resourceAccount: owner,
  context: { 'aws:PrincipalTag/member': 'ann' },
});
const runs = { numRuns: 60 };

describe('what generate writes', () => {
  test('gives a user of the account what the job needs and nothing else', () => {
    fc.assert(
      fc.property(jobs, (job) => {
        const { identity, bucketPolicy } = generate(inputOf(job));
        expect(findings(identity, 'identity', job)).toEqual([]);
        expect(findings(bucketPolicy, 'bucket', job)).toEqual([]);
        const policies = { identity: identity === null ? [] : [identity], bucketPolicy };
        const rows = rowsOf(job, job.addOns.writeOnce);
        expect(breaches(rows, user(owner), policies)).toEqual([]);
        expect(breaches(job.addOns.kms ? rows : [], user(owner), policies, encrypted)).toEqual([]);
      }),
      runs,
    );
  });

  test('gives a user of another account the same, by both sides', () => {
    fc.assert(
      fc.property(jobs, (job) => {
        const { identity, bucketPolicy } = generate(inputOf(job, { principal: user(other).principal }));
        expect(findings(bucketPolicy, 'bucket', job)).toEqual([]);
        const policies = { identity: identity === null ? [] : [identity], bucketPolicy };
        expect(breaches(rowsOf(job, job.addOns.writeOnce), user(other), policies)).toEqual([]);
        // One side alone gives nothing.
        const half = rowsOf(job, job.addOns.writeOnce).map((row) => ({ ...row, kind: 'mustNot' as const }));
        expect(breaches(half, user(other), { ...policies, identity: [] })).toEqual([]);
        expect(breaches(half, user(other), { identity: policies.identity })).toEqual([]);
      }),
      runs,
    );
  });

  test('gives a role of another account the same, with members told apart by a session tag', () => {
    fc.assert(
      fc.property(jobs, (job) => {
        const input = inputOf(job, {
          trust: { principal: other, externalId: 'con_1' },
          webIdentity: { issuer: 'id.example', audience: 'windlass', subject: 'connection:con_1' },
        });
        const { identity, bucketPolicy, trust } = generate(input);
        expect(findings(identity, 'identity', job)).toEqual([]);
        expect(findings(trust, 'trust', job)).toEqual([]);
        expect(
          breaches(rowsOf(job, job.addOns.writeOnce), sessionOf(owner), {
            identity: identity === null ? [] : [identity],
            bucketPolicy,
          }),
        ).toEqual([]);
      }),
      runs,
    );
  });

  test('gives the same through an access point, and nothing past it', () => {
    fc.assert(
      fc.property(jobs, fc.constantFrom(owner, other), (job, account) => {
        const input = inputOf(job, { principal: user(account).principal, accessPoint: { name: 'media-ap' } });
        const { identity, bucketPolicy, accessPointPolicy } = generate(input);
        expect(findings(identity, 'identity', job)).toEqual([]);
        expect(findings(bucketPolicy, 'bucket', job)).toEqual([]);
        expect(findings(accessPointPolicy, 'accessPoint', job)).toEqual([]);
        const arn = accessPointArn(input);
        const policies: PolicySet = { identity: identity === null ? [] : [identity], bucketPolicy };
        const through: PolicySet = {
          ...policies,
          accessPoint: { arn, policy: accessPointPolicy, bucketResource: `arn:aws:s3:::${job.bucket}` },
        };
        // Administration has no access point, and the region stands in its ARN.
        const rows = rowsOf(job, job.addOns.writeOnce).filter(
          ({ id, call }) =>
            call.bucket === job.bucket &&
            id !== 'getLocation' &&
            !/Bucket(?:Policy|Acl|Cors)|putLifecycle/.test(id),
        );
        expect(breaches(rows, user(account), through, (call) => ({ ...call, bucket: arn }))).toEqual([]);
        expect(
          breaches(
            rows.map((row) => ({ ...row, kind: 'mustNot' as const })),
            user(account),
            policies,
          ),
        ).toEqual([]);
      }),
      runs,
    );
  });

  test('cuts the session of a powerful role down to the job', () => {
    fc.assert(
      fc.property(jobs, (job) => {
        const session = sessionPolicy(job.capabilities, {
          ...job,
          outputPrefix: job.outputPrefix ?? job.prefix,
          user: 'ann',
          ...(job.addOns.kms && { kmsKey }),
        });
        const caller = { principal: user(owner).principal };
        expect(findings(session, 'session', job, { caller })).toEqual([]);
        const everything: PolicyDocument = {
          Version: '2012-10-17',
          Statement: { Effect: 'Allow', Action: 's3:*', Resource: '*' },
        };
        expect(breaches(rowsOf(job, false), sessionOf(owner), { identity: [everything], session })).toEqual(
          [],
        );
      }),
      runs,
    );
  });

  test('denies everything without TLS, and to a bucket that somebody else made again', () => {
    fc.assert(
      fc.property(jobs, (job) => {
        const { identity, bucketPolicy } = generate(
          inputOf({ ...job, addOns: { ...job.addOns, tlsOnly: true, accountPin: true } }),
        );
        const rows = rowsOf(job, job.addOns.writeOnce).map((row) => ({ ...row, kind: 'mustNot' as const }));
        const policies = { identity: identity === null ? [] : [identity], bucketPolicy };
        expect(
          breaches(rows, { ...user(owner), context: { 'aws:SecureTransport': 'false' } }, policies),
        ).toEqual([]);
        const trap: PolicyDocument = {
          Version: '2012-10-17',
          Statement: {
            Effect: 'Allow',
            Principal: '*',
            Action: 's3:*',
            Resource: [`arn:aws:s3:::${job.bucket}`, `arn:aws:s3:::${job.bucket}/*`],
          },
        };
        expect(
          breaches(
            rows.filter(({ call }) => call.bucket === job.bucket),
            { ...user(owner), resourceAccount: other },
            { ...policies, bucketPolicy: trap },
          ),
        ).toEqual([]);
      }),
      { numRuns: 30 },
    );
  });
});
