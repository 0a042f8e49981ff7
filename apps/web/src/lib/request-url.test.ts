import { expect, it } from 'vitest';
import { requestUrl } from './request-url.ts';

it('fills the path and adds what the query has', () => {
  expect(requestUrl('/api/v1/teams/:teamId/x', { teamId: 'team_1' }, { limit: 5, cursor: undefined })).toBe(
    '/api/v1/teams/team_1/x?limit=5',
  );
});

it('encodes a value so that it stays one segment', () => {
  expect(requestUrl('/a/:id', { id: '../b?c' }, {})).toBe('/a/..%2Fb%3Fc');
});

it('refuses a query value that has no one text', () => {
  expect(() => requestUrl('/a', {}, { ids: ['a'] })).toThrow('the query cannot hold ids');
});

it('refuses to send an address with a hole', () => {
  expect(() => requestUrl('/a/:id', {}, {})).toThrow('the path needs id');
  expect(() => requestUrl('/a/:id', { id: '' }, {})).toThrow('the path needs id');
});
