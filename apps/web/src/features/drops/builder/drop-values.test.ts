import { createDrop, type Drop } from '@windlass/contract';
import { describe, expect, it } from 'vitest';
import { validateWith } from '../../../lib/validate.ts';
import { crossErrors, fieldErrorsAt, formErrors } from './drop-errors.ts';
import { dropBody, newDrop, type DropValues } from './drop-values.ts';

const connectionId = 'con_01kazq8v3kf2wvpn2d8m6b3c9t';
const filled = (changes: Partial<DropValues> = {}): DropValues => ({
  ...newDrop('prints', connectionId),
  name: 'prints',
  title: 'Order prints',
  ...changes,
});
const refused = (values: DropValues) => formErrors(validateWith(createDrop.body)(dropBody(values)));

describe('an order page as its form holds it', () => {
  it('is what the contract takes', () => {
    expect(refused(filled())).toEqual({});
    expect(dropBody(filled())).toMatchObject({ retentionDays: null, closesAt: null, types: ['image/*'] });
  });

  it('gives back a deadline to the minute', () => {
    const { closesAt } = dropBody(filled({ closesAt: '2026-12-24T18:30' }));
    expect(new Date(closesAt ?? '').getTime()).toBe(new Date('2026-12-24T18:30').getTime());
  });

  it('sends no secret that nobody typed, and none that its access does not need', () => {
    expect(dropBody(filled({ access: 'pin' }))).not.toHaveProperty('password');
    expect(dropBody(filled({ access: 'pin', password: '4711' }))).toMatchObject({ password: '4711' });
    expect(dropBody(filled({ access: 'open', password: '4711' }))).not.toHaveProperty('password');
    expect(dropBody(filled({ challenge: 'none', hcaptchaSecret: 'secret-secret' }))).not.toHaveProperty(
      'hcaptchaSecret',
    );
  });

  it('tells at the field what was emptied or is out of range', () => {
    expect(Object.keys(refused(filled({ title: '', maxFiles: '', maxFileBytes: null })))).toEqual([
      'title',
      'maxFiles',
      'maxFileBytes',
    ]);
    expect(refused(filled({ notifyEmails: ['lab@example.com', 'nobody'] }))['notifyEmails']).toMatch(
      /not right/,
    );
  });

  it('finds the errors of one question', () => {
    const [first, ...rest] = filled().fields;
    if (first === undefined) throw new Error('the template has no question');
    const errors = refused(filled({ fields: [...rest, { ...first, label: '' }] }));
    expect(fieldErrorsAt(errors, rest.length)).toEqual({ label: 'This is needed.' });
    expect(fieldErrorsAt(errors, 0)).toEqual({});
  });
});

describe('fields that need each other', () => {
  const kept: Pick<Drop, 'access' | 'hasPassword' | 'hasHcaptchaSecret'> = {
    access: 'pin',
    hasPassword: true,
    hasHcaptchaSecret: false,
  };

  it.each([
    [{ access: 'pin' as const }, null, ['password']],
    [{ access: 'pin' as const }, kept, []],
    // What was kept is a PIN, and no password.
    [{ access: 'password' as const }, kept, ['password']],
    [{ access: 'pin' as const, password: '12ab' }, null, ['password']],
    [{ access: 'password' as const, password: 'short' }, null, ['password']],
    [{ challenge: 'hcaptcha' as const }, null, ['hcaptchaSiteKey', 'hcaptchaSecret']],
    [{ maxFileBytes: 3e9, maxOrderBytes: 2e9 }, null, ['maxFileBytes']],
    [{ connectionId: '' }, null, ['connectionId']],
  ])('%j with %j kept', (changes, before, fields) => {
    expect(Object.keys(crossErrors(filled(changes), before))).toEqual(fields);
  });
});
