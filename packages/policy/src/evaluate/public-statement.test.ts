import { describe, expect, it } from 'vitest';
import { isPublicStatement } from './public-statement.ts';

const open = { Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: 'arn:aws:s3:::b/*' };
const when = (Condition: object) => isPublicStatement({ ...open, Condition });

describe('the meaning of public', () => {
  it('is an Allow to everybody', () => {
    expect(isPublicStatement(open)).toBe(true);
    expect(isPublicStatement({ ...open, Principal: { AWS: '*' } })).toBe(true);
    expect(isPublicStatement({ ...open, Principal: undefined, NotPrincipal: { AWS: '111122223333' } })).toBe(
      true,
    );
    expect(isPublicStatement({ ...open, Effect: 'Deny' })).toBe(false);
    expect(isPublicStatement({ ...open, Principal: { AWS: '111122223333' } })).toBe(false);
    expect(isPublicStatement(null)).toBe(false);
  });

  it.each([
    [{ StringEquals: { 'aws:SourceVpce': 'vpce-1' } }, false],
    [{ StringLike: { 'aws:SourceVpce': 'vpce-*' } }, true],
    [{ StringEquals: { 'aws:PrincipalOrgID': 'o-1' } }, false],
    [{ StringNotEquals: { 'aws:SourceVpce': 'vpce-1' } }, true],
    [{ StringEqualsIfExists: { 'aws:SourceVpce': 'vpce-1' } }, true],
    [{ 'ForAllValues:StringEquals': { 'aws:PrincipalOrgPaths': 'o-1/r' } }, true],
    [{ Null: { 'aws:SourceVpce': 'false' } }, true],
    [{ IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } }, false],
    [{ IpAddress: { 'aws:SourceIp': '0.0.0.0/1' } }, true],
    [{ IpAddress: { 'aws:SourceIp': ['203.0.113.0/24', '0.0.0.0/0'] } }, true],
    [{ ArnLike: { 's3:DataAccessPointArn': 'arn:aws:s3:eu-west-1:111122223333:accesspoint/*' } }, false],
    [{ ArnLike: { 's3:DataAccessPointArn': 'arn:aws:s3:*:*:accesspoint/*' } }, true],
    [{ Bool: { 'aws:SecureTransport': 'true' } }, true],
    [{ StringEquals: { 'aws:PrincipalArn': '${aws:PrincipalArn}' } }, true],
    [{ StringEquals: { 'aws:userid': ['AIDAEXAMPLE', '${aws:userid}'] } }, true],
    [{ StringEquals: { 'aws:Referer': 'https://example.com/' } }, true],
  ])('with %j: %s', (condition, expected) => {
    expect(when(condition)).toBe(expected);
  });
});
