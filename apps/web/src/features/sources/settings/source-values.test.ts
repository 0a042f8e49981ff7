import { sourceSettings } from '@windlass/contract';
import { expect, it } from 'vitest';
import { validateWith } from '../../../lib/validate.ts';
import { formErrors, neededByKind, newSource, sourceBody, valuesOf } from './source-values.ts';

const connectionId = 'con_01kazq8v3kf2wvpn2d8m6b3c9t';
const validate = validateWith(sourceSettings);
const named = { ...newSource(connectionId), name: 'demo' };

it('begins with what the contract takes', () => {
  expect(validate(sourceBody(named))).toEqual({});
});

it('gives a source back as it was read', () => {
  const settings = sourceSettings.parse({
    name: 'demo',
    kind: 'web',
    webBaseUrl: 'https://www.example.com/media/',
    allowedSizes: [160, 320],
    fallbackPath: 'none.jpg',
    onError: 'placeholder',
    autoFormats: ['webp'],
  });
  const { presets: _, ...body } = settings;
  const rest = {
    id: 'src_01kazq8v3kf2wvpn2d8m6b3c9t',
    connectionName: null,
    baseUrl: '',
    hostUrl: null,
    signingKeySetAt: null,
    previousSigningKeyUntil: null,
    demo: false,
    createdAt: '',
    updatedAt: '',
  };
  // An id is branded; the test needs a source of the right shape only.
  expect(sourceBody(valuesOf({ ...settings, ...rest } as Parameters<typeof valuesOf>[0]))).toEqual(body);
});

it('turns mebibytes into bytes, sorts sizes and drops a question mark', () => {
  const body = sourceBody({
    ...named,
    maxInputMebibytes: 1.5,
    defaultParameters: '?format=webp',
    allowedSizes: ['640', '160', '640'],
  });
  expect(body.limits.maxInputBytes).toBe(1_572_864);
  expect(body.defaultParameters).toBe('format=webp');
  expect(body.allowedSizes).toEqual([160, 640]);
});

it('sends only what the kind of the source has', () => {
  const both = { ...named, webBaseUrl: 'https://www.example.com/' };
  expect(sourceBody(both)).toMatchObject({ connectionId, webBaseUrl: null });
  expect(sourceBody({ ...both, kind: 'web' })).toMatchObject({
    connectionId: null,
    webBaseUrl: 'https://www.example.com/',
  });
  expect(neededByKind(newSource(''))).toEqual({ connectionId: 'This is needed.' });
  expect(neededByKind({ ...named, kind: 'web' })).toEqual({ webBaseUrl: 'This is needed.' });
});

it('puts an error on the field of the form, with its range', () => {
  const values = { ...named, name: '', maxInputMebibytes: '', maxAgeSeconds: -1, allowedSizes: ['x'] };
  expect(formErrors(validate(sourceBody(values)))).toEqual({
    name: 'This is needed.',
    maxInputMebibytes: 'Between 0.001 and 500.',
    maxAgeSeconds: 'A whole number from 0 to 31,536,000 (a year).',
    allowedSizes: 'Whole numbers from 1 to 16,384, at most 200 of them.',
  });
});
