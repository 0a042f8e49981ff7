import { connectionSettings, createOwner } from '@windlass/contract';
import { expect, it } from 'vitest';
import { validateWith } from './validate.ts';

it('says that an empty field is needed, whatever the rule', () => {
  const errors = validateWith(connectionSettings)({
    name: '',
    endpoint: '',
    bucket: 'photos',
    provider: 'aws',
    addressing: 'path',
  });
  expect(errors).toMatchObject({ name: 'This is needed.', endpoint: 'This is needed.' });
  expect(errors).not.toHaveProperty('bucket');
});

it('tells the contract’s own rule as a sentence', () => {
  const errors = validateWith(createOwner.body)({
    token: 'x'.repeat(30),
    email: 'a@b.example',
    name: 'A',
    password: 'short',
  });
  expect(errors).toEqual({ password: 'Needs at least 10 characters.' });
});

it('accepts what the contract accepts', () => {
  expect(validateWith(createOwner.body.shape.email)('a@b.example')).toEqual({});
});
