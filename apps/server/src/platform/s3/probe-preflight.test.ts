import { describe, expect, it } from 'vitest';
import { preflightRefusal } from './probe-preflight.ts';

const wanted = {
  origin: 'https://app.example.com',
  method: 'PUT',
  headers: ['content-type', 'if-none-match'],
} as const;
const good: Record<string, string> = {
  'access-control-allow-origin': wanted.origin,
  'access-control-allow-methods': 'GET, put',
  'access-control-allow-headers': 'Content-Type, If-None-Match',
};
const refusal = (
  changes: Record<string, string | null> = {},
  status = 200,
  request: Parameters<typeof preflightRefusal>[0] = wanted,
) => preflightRefusal(request, status, (name) => ({ ...good, ...changes })[name] ?? null);

describe('a preflight', () => {
  it.each([
    ['as it should be', {}, 200],
    ['with 204', {}, 204],
    ['for every origin', { 'access-control-allow-origin': '*' }, 200],
    [
      'for every method and header',
      { 'access-control-allow-methods': '*', 'access-control-allow-headers': '*' },
      200,
    ],
  ])('lets a browser go on: %s', (_, changes, status) => {
    expect(refusal(changes, status)).toBe('');
  });

  it.each([
    ['no rule', { 'access-control-allow-origin': null }, 403, 'no rule covers https://app.example.com'],
    ['another origin', { 'access-control-allow-origin': 'https://app.example.com/' }, 200, 'and not'],
    ['a redirect', {}, 307, '307'],
    ['another method', { 'access-control-allow-methods': 'GET' }, 200, 'PUT is not allowed'],
    ['a header that lacks', { 'access-control-allow-headers': 'content-type' }, 200, 'if-none-match'],
    ['no headers at all', { 'access-control-allow-headers': null }, 200, 'content-type, if-none-match'],
  ])('stops a browser: %s', (_, changes, status, words) => {
    expect(refusal(changes, status)).toContain(words);
  });

  it('needs no word for GET, which is always allowed', () => {
    expect(
      refusal({ 'access-control-allow-methods': null }, 200, { ...wanted, method: 'GET', headers: [] }),
    ).toBe('');
  });
});
