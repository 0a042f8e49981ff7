import { describe, expect, it } from 'vitest';
import { credentialBody, credentialErrors, flatErrors, noCredentials } from './credential-values.ts';

const key = { ...noCredentials, accessKeyId: 'AK', secretAccessKey: 'S' };
const role = { ...key, kind: 'role', roleArn: 'arn:aws:iam::111122223333:role/windlass' } as const;

describe('credentials in a form', () => {
  it('need an id and a secret, and no session token', () => {
    expect(credentialErrors(key)).toEqual({});
    expect(credentialErrors(noCredentials)).toMatchObject({
      accessKeyId: expect.any(String),
      secretAccessKey: expect.any(String),
    });
  });

  it('of a role name the role, and the key that assumes it unless we do', () => {
    expect(credentialErrors({ ...role, roleArn: 'windlass' })).toHaveProperty('roleArn');
    expect(credentialErrors({ ...role, secretAccessKey: '' })).toHaveProperty('secretAccessKey');
    expect(credentialErrors({ ...role, secretAccessKey: '', ownIdentity: true })).toEqual({});
    expect(credentialBody(role)).toEqual({
      kind: 'role',
      roleArn: role.roleArn,
      base: { accessKeyId: 'AK', secretAccessKey: 'S' },
    });
  });

  it('send nothing that the chosen kind does not ask for', () => {
    expect(credentialBody({ ...role, kind: 'webIdentity' })).toEqual({
      kind: 'webIdentity',
      roleArn: role.roleArn,
    });
    expect(credentialBody({ ...role, ownIdentity: true })).not.toHaveProperty('base');
  });

  it('find their fields in the errors of both calls', () => {
    expect(flatErrors({ 'credentials.base.accessKeyId': 'a', roleArn: 'b' })).toEqual({
      accessKeyId: 'a',
      roleArn: 'b',
    });
  });
});
