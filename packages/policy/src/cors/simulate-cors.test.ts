import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CorsRule } from './cors-rule.ts';
import { simulateCors } from './simulate-cors.ts';

const upload: CorsRule = {
  ID: 'upload',
  AllowedOrigins: ['https://app.example.com', 'https://*.example.org'],
  AllowedMethods: ['PUT'],
  AllowedHeaders: ['Content-Type', 'x-amz-meta-*'],
  ExposeHeaders: ['ETag'],
  MaxAgeSeconds: 600,
};
const read: CorsRule = { AllowedOrigins: ['*'], AllowedMethods: ['GET', 'HEAD'] };
const rules = [upload, read];

describe('simulateCors', () => {
  test('uses the first rule that allows origin, method and every header', () => {
    const verdict = simulateCors(rules, {
      origin: 'https://app.example.com',
      method: 'PUT',
      headers: ['content-type', 'X-Amz-Meta-Name'],
    });
    expect(verdict.ruleIndex).toBe(0);
    expect(verdict.headers).toMatchObject({
      'access-control-allow-origin': 'https://app.example.com',
      'access-control-allow-headers': 'content-type, x-amz-meta-name',
      'access-control-expose-headers': 'ETag',
      'access-control-max-age': '600',
      'access-control-allow-credentials': 'true',
    });
  });

  test('answers * and no credentials for a rule that is for every origin', () => {
    const { ruleIndex, headers } = simulateCors(rules, { origin: 'https://anywhere.example', method: 'GET' });
    expect(ruleIndex).toBe(1);
    expect(headers['access-control-allow-origin']).toBe('*');
    expect(headers).not.toHaveProperty('access-control-allow-credentials');
  });

  test.each([
    ['another method', { origin: 'https://app.example.com', method: 'DELETE' }, 'and not DELETE'],
    [
      'a header that is not listed',
      { origin: 'https://app.example.com', method: 'PUT', headers: ['if-none-match'] },
      'AllowedHeaders lacks if-none-match',
    ],
    [
      'an origin with its default port written out',
      { origin: 'https://app.example.com:443', method: 'PUT' },
      'rule 2 comes closest',
    ],
    ['the bare domain under a wildcard', { origin: 'https://example.org', method: 'PUT' }, 'and not PUT'],
    ['an origin in capitals', { origin: 'https://APP.example.com', method: 'PUT' }, 'and not PUT'],
    ['a method in small letters', { origin: 'https://app.example.com', method: 'put' }, 'and not put'],
  ])('refuses %s and says why', (_, request, reason) => {
    const verdict = simulateCors(rules, request);
    expect(verdict).toMatchObject({ ruleIndex: null, headers: {} });
    expect(verdict.reason).toContain(reason);
  });

  test('names the origin that was meant where one was written with a slash', () => {
    const { reason } = simulateCors([{ ...upload, AllowedOrigins: ['https://app.example.com/'] }], {
      origin: 'https://app.example.com',
      method: 'PUT',
    });
    expect(reason).toContain(
      'https://app.example.com/ is not letter by letter the origin https://app.example.com',
    );
  });

  test('refuses everything where there is no rule', () => {
    expect(simulateCors([], { origin: 'null', method: 'GET' })).toMatchObject({ ruleIndex: null });
  });

  test('a wildcard stands for any text', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.string(), (before, middle, after) => {
        fc.pre(!`${before}${after}`.includes('*'));
        const rule = { AllowedOrigins: [`${before}*${after}`], AllowedMethods: ['GET'] };
        const asks = (origin: string) => simulateCors([rule], { origin, method: 'GET' }).ruleIndex;
        expect(asks(`${before}${middle}${after}`)).toBe(0);
      }),
    );
  });

  test('what stands around a wildcard never overlaps', () => {
    const rule = { AllowedOrigins: ['ab*ba'], AllowedMethods: ['GET'] };
    expect(simulateCors([rule], { origin: 'aba', method: 'GET' }).ruleIndex).toBeNull();
    expect(simulateCors([rule], { origin: 'abba', method: 'GET' }).ruleIndex).toBe(0);
  });

  test('takes time in line with the text, whatever the pattern', () => {
    const pattern = `${'a*'.repeat(50)}b`;
    const started = performance.now();
    simulateCors([{ AllowedOrigins: [pattern], AllowedMethods: ['GET'] }], {
      origin: 'a'.repeat(100_000),
      method: 'GET',
    });
    expect(performance.now() - started).toBeLessThan(50);
  });
});
