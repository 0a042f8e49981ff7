import { describe, expect, it } from 'vitest';
import { accountOfArn, splitArn } from './arn.ts';
import { matchesArn } from './arn-pattern.ts';
import { expandVariables } from './policy-variables.ts';

const plain = (text: string) => ({ text, literals: null });
const covers = (pattern: string, arn: string): boolean => matchesArn(pattern, splitArn(arn), plain);

const expand = (template: string) => {
  const expansion = expandVariables(template, () => 'a:b');
  return expansion.text === null ? null : expansion;
};

describe('ARN', () => {
  it('keeps the colons of the resource, and those inside a variable', () => {
    expect(splitArn('arn:aws:s3:::b/2026:11:22')).toEqual(['arn', 'aws', 's3', '', '', 'b/2026:11:22']);
    expect(splitArn('arn:aws:iam::${aws:PrincipalAccount}:role/x')?.[4]).toBe('${aws:PrincipalAccount}');
    expect(splitArn('arn:aws:s3::b')).toBeNull();
  });

  it('tells the account where there is one', () => {
    expect(accountOfArn('arn:aws:iam::111122223333:user/ann')).toBe('111122223333');
    expect(accountOfArn('arn:aws:s3:::b')).toBe('');
    expect(accountOfArn('b')).toBe('');
  });

  it.each([
    ['*', 'arn:aws:s3:::b/k', true],
    ['arn:aws:s3:::b/*', 'arn:aws:s3:::b/a/b', true],
    ['arn:*:s3:::b/*', 'arn:aws-cn:s3:::b/a', true],
    ['arn:aws-cn:s3:::b/*', 'arn:aws:s3:::b/a', false],
    // A star stays in its field.
    ['arn:aws:s3:*/k', 'arn:aws:s3:::b/k', false],
    ['arn:aws:s3:*:*:b/k', 'arn:aws:s3:::b/k', true],
    // AWS completes an ARN with too few fields by stars.
    ['arn:aws:s3', 'arn:aws:s3:::b/k', true],
    ['arn:aws:s3*', 'arn:aws:s3:::b/k', true],
    ['arn:aws:sqs', 'arn:aws:s3:::b/k', false],
    ['arn:aws:s3::b/*', 'arn:aws:s3:::b/k', false],
    ['b/*', 'arn:aws:s3:::b/k', false],
  ])('%s covers %s: %s', (pattern, arn, expected) => {
    expect(covers(pattern, arn)).toBe(expected);
  });

  it('puts variables into single fields, where their own colons part nothing', () => {
    expect(matchesArn('arn:aws:s3:::b/${aws:username}/*', splitArn('arn:aws:s3:::b/a:b/x'), expand)).toBe(
      true,
    );
    expect(matchesArn('arn:aws:s3:::${aws:username}', splitArn('arn:aws:s3:::a:b'), expand)).toBe(true);
  });
});
