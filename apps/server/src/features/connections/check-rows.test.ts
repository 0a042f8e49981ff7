import { checkRowIds, type CheckRowId, type Job } from '@windlass/contract';
import { describe, expect, it } from 'vitest';
import { can, cannot, notKnown, type Findings } from './check-findings.ts';
import { judge } from './check-rows.ts';
import { rowsFor } from './needs.ts';
import { traitsOf } from './server-traits.ts';

const address = { bucket: 'media', prefix: 'in/', region: 'eu-central-1' };
const judged = (findings: Findings, jobs: Job[], provider: 'aws' | 'r2' = 'aws') => {
  const ids = rowsFor({ jobs, prefix: address.prefix, external: false, role: false });
  const verdict = judge(findings, { ids, jobs, address, traits: traitsOf(provider, null) });
  const row = (id: CheckRowId) => verdict.rows.find((one) => one.id === id);
  return { ...verdict, row };
};
const all = (ids: readonly CheckRowId[], finding: Findings[CheckRowId] = can()): Findings =>
  Object.fromEntries(ids.map((id) => [id, finding]));

describe('judge', () => {
  it.each([
    ['a right that is needed and there', can(), 'put', 'ingest', 'ok'],
    ['a right that is needed and refused', cannot(), 'put', 'ingest', 'missing'],
    ['a right that nobody needs', can(), 'delete', 'ingest', 'excess'],
    ['the lack of what nobody needs', cannot(), 'delete', 'ingest', 'ok'],
    ['what only helps', can(), 'multipart', 'ingest', 'ok'],
    ['the lack of what only helps', cannot(), 'multipart', 'ingest', 'ok'],
    ['what could not be found out', notKnown('no call tells'), 'delete', 'gallery', 'unknown'],
    [
      'what is wrong before all rights',
      cannot({ broken: true, cause: 'x' }),
      'credentials',
      'deliver',
      'failed',
    ],
  ] as const)('calls %s by its name', (_, finding, id, job, state) => {
    expect(judged({ [id]: finding }, [job]).row(id)?.state).toBe(state);
  });

  it('shows the narrowest statement that gives what is missing', () => {
    const { row } = judged({ list: cannot(), delete: cannot() }, ['gallery']);
    expect(row('list')?.statement?.change).toBe('add');
    expect(JSON.parse(row('list')?.statement?.json ?? '')).toMatchObject({
      Action: 's3:ListBucket',
      Resource: 'arn:aws:s3:::media',
      Condition: { StringLike: { 's3:prefix': 'in/*' } },
    });
    expect(JSON.parse(row('delete')?.statement?.json ?? '')).toMatchObject({
      Effect: 'Allow',
      Action: 's3:DeleteObject',
      Resource: 'arn:aws:s3:::media/in/*',
    });
  });

  it('has no statement, but words, where a provider takes none', () => {
    const { row } = judged({ put: can(), delete: can() }, ['ingest'], 'r2');
    expect(row('delete')).toMatchObject({ state: 'excess', statement: null });
    expect(row('delete')?.next).toContain('Cloudflare R2 has no narrower key');
    expect(judged({ put: cannot() }, ['ingest'], 'r2').row('put')?.next).toContain('key of Cloudflare R2');
  });

  it('sums up: an excess and an open question are no fault, a missing right is half of one', () => {
    const ground = all(['reach', 'credentials', 'region']);
    const rights = all(['list', 'get']);
    expect(judged({ ...ground, ...rights, readAcl: can() }, ['deliver']).event).toBe('checkPassed');
    expect(judged({ ...ground, list: can(), get: notKnown('') }, ['deliver']).event).toBe('checkPassed');
    expect(judged({ ...ground, list: can(), get: cannot() }, ['deliver']).event).toBe('checkPartly');
    expect(judged({ ...ground, ...all(['list', 'get'], cannot()) }, ['deliver']).event).toBe('checkFailed');
    const broken = { ...rights, reach: cannot({ broken: true }) };
    expect(judged(broken, ['deliver']).event).toBe('checkFailed');
  });

  it('warns of full access only where everything was seen', () => {
    const everything = all(checkRowIds);
    expect(judged(everything, ['gallery']).fullAccess).toBe(true);
    for (const id of ['put', 'delete', 'readPolicy', 'readAcl', 'readLifecycle'] as const)
      expect(judged({ ...everything, [id]: cannot() }, ['gallery']).fullAccess).toBe(false);
  });

  it('says something about every row, found out or not', () => {
    for (const finding of [can({ cause: 'x' }), cannot({ cause: 'x' })])
      for (const row of judged(all(checkRowIds, finding), ['gallery']).rows) expect(row.cause).not.toBe('');
    for (const row of judged({}, ['gallery']).rows)
      expect(row).toMatchObject({ state: 'unknown', cause: 'Not tried.' });
  });
});

const ids = (jobs: Job[], prefix: string) => rowsFor({ jobs, prefix, external: false, role: false });

describe('rowsFor', () => {
  it('leaves out what says nothing about the connection', () => {
    expect(ids(['deliver'], 'in/')).not.toContain('overwrite');
    expect(ids(['deliver'], 'in/')).not.toContain('preflight');
    expect(ids(['ingest'], 'in/')).toContain('preflight');
    expect(ids(['ingest'], 'in/')).not.toContain('browserGet');
    expect(ids(['ingest'], '')).not.toContain('putOutside');
    expect(ids(['ingest'], 'in/')).not.toContain('trust');
  });

  it('keeps the order in which rows are shown', () => {
    const shown = rowsFor({ jobs: ['gallery'], prefix: 'in/', external: true, role: true });
    expect(shown).toEqual(checkRowIds);
  });
});
