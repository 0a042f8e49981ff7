import { describe, expect, it } from 'vitest';
import { firstStudio } from '../state/examples.ts';
import { makeDocuments, toGenerateInput } from './generate-input.ts';

const form = firstStudio.generate;

describe('toGenerateInput', () => {
  it('leaves away what is empty', () => {
    const input = toGenerateInput({ ...form, region: '', accountId: '', origins: ' \n' });
    expect(Object.keys(input)).toEqual(['capabilities', 'provider', 'bucket', 'prefix', 'addOns']);
  });

  it('takes origins one a line or separated by commas', () => {
    const { origins } = toGenerateInput({ ...form, origins: 'https://a.example\nhttps://b.example, null' });
    expect(origins).toEqual(['https://a.example', 'https://b.example', 'null']);
  });

  it('gives an output prefix only to the job that has one', () => {
    expect(toGenerateInput({ ...form, outputPrefix: 'out/' }).outputPrefix).toBeUndefined();
    expect(toGenerateInput({ ...form, capabilities: ['process'], outputPrefix: 'out/' }).outputPrefix).toBe(
      'out/',
    );
  });

  it('asks for TLS only where requests can come over it', () => {
    const asked = { ...form, tlsOnly: true };
    expect(toGenerateInput({ ...asked, provider: 'aws' }).addOns?.tlsOnly).toBe(true);
    expect(toGenerateInput({ ...asked, provider: 'embedded' }).addOns?.tlsOnly).toBe(false);
  });
});

describe('makeDocuments', () => {
  it('makes documents of what the form opens with', () => {
    expect(makeDocuments(form)).toMatchObject({ documents: { identity: { Version: '2012-10-17' } } });
  });

  it.each([
    [{ bucket: 'No_Bucket' }, 'bucket'],
    [{ prefix: '/a' }, 'prefix'],
    [{ capabilities: [] }, 'capabilities'],
    [{ accountId: '12' }, 'accountId'],
    [{ externalId: 'x' }, 'trustPrincipal'],
    [{ trustPrincipal: 'arn:aws:iam::111122223333:root', externalId: '!' }, 'externalId'],
    [{ accessPoint: 'A' }, 'accessPoint'],
    [{ origins: 'https://app.example.com/' }, 'origins'],
    [{ kmsKey: 'alias/mine' }, 'kmsKey'],
  ])('names the field of the form that makes none: %o', (patch, field) => {
    expect(makeDocuments({ ...form, ...patch })).toMatchObject({ field });
  });
});
