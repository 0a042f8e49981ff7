import { connectionId, createUploadGrant } from '@windlass/contract';
import { expect, it } from 'vitest';
import { validateWith } from '../../../lib/validate.ts';
import { grantBody, grantBounds, grantErrors, grantTimes, newGrantValues } from './grant-values.ts';

const connection = connectionId.parse('con_01kazq8v3kf2wvpn2d8m6b3c9t');
const errorsOf = (changes: object) =>
  grantErrors(validateWith(createUploadGrant.body)(grantBody(connection, { ...newGrantValues, ...changes })));

it('is a body that the API takes, for each time that is offered', () => {
  for (const { value } of grantTimes) expect(errorsOf({ expiresInSeconds: value })).toEqual({});
  expect(grantBody(connection, { ...newGrantValues, prefix: ' /in/shop', maxFiles: 5 })).toMatchObject({
    prefix: 'in/shop/',
    limits: { maxFiles: 5, maxFileBytes: null, maxTotalBytes: null, types: null },
  });
});

it('tells what is wrong at the field that it is in', () => {
  expect(Object.keys(errorsOf({ types: ['jpeg'] }))).toEqual(['types']);
  expect(Object.keys(errorsOf({ types: [] }))).toEqual(['types']);
  expect(Object.keys(errorsOf({ prefix: 'a/../b' }))).toEqual(['prefix']);
  expect(Object.keys(errorsOf({ maxFiles: 0 }))).toEqual(['maxFiles']);
});

it('says what was used of what is allowed', () => {
  const none = { maxFiles: null, maxFileBytes: null, maxTotalBytes: null, types: null };
  expect(grantBounds({ files: 1, bytes: 9e6, limits: none })).toBe('1 file, 9 MB');
  const limits = { maxFiles: 100, maxFileBytes: 5e7, maxTotalBytes: 1e9, types: ['image/*', 'video/mp4'] };
  expect(grantBounds({ files: 3, bytes: 9e6, limits })).toBe(
    '3 of 100 files, 9 MB of 1 GB; up to 50 MB each; image/*, video/mp4',
  );
});
