import type { CheckRow } from '@windlass/contract';
import { describe, expect, it } from 'vitest';
import { keepBrowserRows, readBrowserResults } from './browser-rows.ts';
import { traitsOf } from './server-traits.ts';

const scope = {
  jobs: ['gallery'] as const,
  origin: 'https://app.example.com',
  traits: traitsOf('aws', null),
  realUpload: true,
};
const put = (status: number | null, etag: string | null = null) =>
  readBrowserResults([{ step: 'put', status, etag, durationMilliseconds: 7 }], scope);

describe('what a browser saw', () => {
  it('proves the upload and its ETag', () => {
    expect(put(200, '"e"')).toMatchObject({ browserPut: { can: 'yes' }, browserEtag: { can: 'yes' } });
  });

  it('tells CORS from a bucket that refuses', () => {
    expect(put(null).browserPut?.cause).toContain('CORS');
    expect(put(null).browserPut?.statement?.json).toContain(scope.origin);
    expect(put(403).browserPut?.cause).toContain('403');
    expect(put(403).browserPut?.statement).toBeUndefined();
  });

  it('takes a readable 404 for the upload that does not exist as proof, and knows nothing of the ETag then', () => {
    const bogus = { ...scope, realUpload: false };
    const seen = readBrowserResults(
      [{ step: 'put', status: 404, etag: null, durationMilliseconds: 7 }],
      bogus,
    );
    expect(seen).toMatchObject({ browserPut: { can: 'yes' }, browserEtag: { can: 'unknown' } });
  });

  it.each([
    [206, 'yes'],
    [404, 'yes'],
    [403, 'no'],
    [null, 'no'],
  ])('a read that was answered with %s means %s', (status, expected) => {
    const seen = readBrowserResults([{ step: 'get', status, etag: null, durationMilliseconds: 7 }], scope);
    expect(seen.browserGet?.can).toBe(expected);
  });

  it('offers no rule where the provider has none', () => {
    const minio = { ...scope, traits: traitsOf('minio', null) };
    const seen = readBrowserResults(
      [{ step: 'put', status: null, etag: null, durationMilliseconds: 7 }],
      minio,
    );
    expect(seen.browserPut?.statement).toBeNull();
    expect(seen.browserPut?.next).toContain('operator');
  });
});

const row = (id: CheckRow['id'], state: CheckRow['state']): CheckRow => ({
  id,
  group: 'browser',
  state,
  can: state === 'ok' ? 'yes' : state === 'unknown' ? 'unknown' : 'no',
  needs: 'yes',
  cause: '',
  next: '',
  action: null,
  statement: null,
  details: null,
  durationMilliseconds: 0,
});

describe('keepBrowserRows', () => {
  const fresh = [row('preflight', 'ok'), row('browserPut', 'unknown'), row('browserEtag', 'unknown')];

  it('lets stand what went well, and asks again for what did not', () => {
    const kept = keepBrowserRows(fresh, [row('browserPut', 'ok'), row('browserEtag', 'missing')]);
    expect(kept.map(({ state }) => state)).toEqual(['ok', 'ok', 'unknown']);
  });

  it('forgets it when the preflight fails', () => {
    const broken = [row('preflight', 'missing'), row('browserPut', 'unknown')];
    expect(keepBrowserRows(broken, [row('browserPut', 'ok')])[1]?.state).toBe('unknown');
  });
});
