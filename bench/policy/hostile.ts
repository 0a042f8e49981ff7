import type { AccessRequest, PolicySet } from '../../packages/policy/src/evaluate/access-request.ts';

export interface HostileCase {
  readonly name: string;
  readonly request: AccessRequest;
  readonly policies: PolicySet;
}

const principal = 'arn:aws:iam::111122223333:user/ann';
const keyLength = 1000;

const hostileCase = (name: string, pattern: string): HostileCase => ({
  name,
  request: {
    principal,
    action: 's3:GetObject',
    // Nearly matches, again and again: the last character is not the one that the pattern ends in.
    resource: `arn:aws:s3:::media/${'a'.repeat(keyLength)}`,
    resourceAccount: '111122223333',
    context: { 'aws:PrincipalArn': principal },
  },
  policies: {
    identity: [
      {
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: `arn:aws:s3:::media/${pattern}` }],
      },
    ],
  },
});

/** Patterns that a backtracking matcher does not come back from, against a key of 1,000 characters. */
export const hostileCases: readonly HostileCase[] = [
  hostileCase('*a*a*a*a*b', '*a*a*a*a*b'),
  hostileCase('64 stars', `${'*a'.repeat(64)}*b`),
  hostileCase('one star, half the key', `*${'a'.repeat(keyLength / 2)}b`),
];
