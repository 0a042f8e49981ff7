import { describe, expect, it } from 'vitest';
import { roleStart } from './role-start.ts';
import { noChoice } from './setup-input.ts';

const connection = { name: 'photos', region: 'eu-central-1', credentials: null };
const facts = { platformPrincipal: 'arn:aws:iam::000000000000:user/windlass-server' };
const stranger = 'arn:aws:iam::111122223333:user/somebody';
const account = { ...noChoice, accountId: '111122223333' };

const own = (known: Parameters<typeof roleStart>[1]) => roleStart(connection, known).ownIdentity;

describe('the fields of a role', () => {
  it('begin with the role that the documents name, once its account is known', () => {
    expect(roleStart(connection, { facts, choice: account }).roleArn).toBe(
      'arn:aws:iam::111122223333:role/windlass-photos',
    );
    expect(roleStart({ ...connection, region: 'cn-north-1' }, { facts, choice: account }).roleArn).toBe(
      'arn:aws-cn:iam::111122223333:role/windlass-photos',
    );
    for (const accountId of ['', '1111'])
      expect(roleStart(connection, { facts, choice: { ...noChoice, accountId } }).roleArn).toBe('');
  });

  it('begin with this server’s own identity, unless it has none or somebody else was named', () => {
    expect(own({ facts, choice: noChoice })).toBe(true);
    expect(own({ facts, choice: { ...noChoice, assumedBy: ` ${facts.platformPrincipal} ` } })).toBe(true);
    expect(own({ facts, choice: { ...noChoice, assumedBy: stranger } })).toBe(false);
    expect(own({ facts: { platformPrincipal: null }, choice: noChoice })).toBe(false);
    expect(own({ facts: undefined, choice: noChoice })).toBe(false);
  });

  it('of a role in use stay as they are', () => {
    const credentials = {
      kind: 'role',
      roleArn: 'arn:aws:iam::111122223333:role/other',
      accessKeyIdHint: '…ABCD',
      temporary: false,
      setAt: '2026-01-01T00:00:00.000Z',
      setBy: 'Ada',
      rotation: null,
    } as const;
    expect(roleStart({ ...connection, credentials }, { facts, choice: account })).toEqual({
      roleArn: credentials.roleArn,
      ownIdentity: false,
    });
  });
});
