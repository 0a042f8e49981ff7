import { describe, expect, it } from 'vitest';
import { judge } from '../check/judge.ts';
import { readDocuments } from '../check/read-documents.ts';
import { firstStudio } from '../state/examples.ts';
import type { CompareState } from '../state/studio-state.ts';
import { comparison } from './comparison.ts';

const rowsOf = (patch: Partial<CompareState>) => {
  const result = comparison({ ...firstStudio.compare, ...patch });
  if ('problem' in result) throw new Error(result.problem);
  return result.rows;
};

describe('a policy against a job', () => {
  it('shows first what is too much', () => {
    const states = rowsOf({}).map(({ state }) => state);
    expect(states.slice(0, 2)).toEqual(['excess', 'excess']);
    expect(new Set(states.slice(2))).toEqual(new Set(['equal']));
  });

  it('shows what is missing with the statement to add', () => {
    const [row] = rowsOf({ capabilities: ['deliver'] });
    expect(row).toMatchObject({ state: 'missing', statement: { Effect: 'Allow' } });
  });

  it('has in each row the call that decided it', () => {
    const documents = [{ id: 'identity-1', kind: 'identity' as const, text: firstStudio.compare.left }];
    for (const { id, state, about, request } of rowsOf({ capabilities: ['gallery'] })) {
      const tried = { ...firstStudio.check.request, ...request };
      const allowed = judge(tried, readDocuments(documents, tried)).decision === 'Allowed';
      const needed = about.startsWith('The job needs it');
      expect([id, allowed]).toEqual([id, needed === (state === 'equal')]);
    }
  });
});

it('compares two policies', () => {
  const states = new Set(rowsOf({ against: 'policy' }).map(({ state }) => state));
  expect(states).toEqual(new Set(['missing', 'excess']));
  expect(
    new Set(rowsOf({ against: 'policy', right: firstStudio.compare.left }).map(({ state }) => state)),
  ).toEqual(new Set(['equal']));
});

it.each([
  [{ left: '{' }, 'first policy'],
  [{ against: 'policy', right: '[]' }, 'second policy'],
  [{ capabilities: [] }, 'job'],
  [{ bucket: '' }, 'bucket'],
  [{ prefix: 'orders' }, 'slash'],
  [{ left: ' '.repeat(50_000) }, 'longer'],
] as const)('says what is lacking: %o', (patch, word) => {
  const result = comparison({ ...firstStudio.compare, ...patch } as CompareState);
  expect('problem' in result && result.problem).toContain(word);
});
