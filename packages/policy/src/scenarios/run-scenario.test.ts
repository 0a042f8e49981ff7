import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { runScenarios } from './run-scenario.ts';
import { ScenarioError } from './scenario.ts';

const file: unknown = JSON.parse(
  readFileSync(new URL('../../test-data/scenarios.json', import.meta.url), 'utf8'),
);

const request = {
  principal: 'arn:aws:iam::111122223333:user/ann',
  action: 's3:GetObject',
  resource: 'arn:aws:s3:::b/k',
};
const allow = { Version: '2012-10-17', Statement: { Effect: 'Allow', Action: 's3:*', Resource: '*' } };
const run = (scenario: object) => {
  const [result] = runScenarios([scenario]);
  if (result === undefined) throw new Error('A list of one scenario has one result.');
  return result;
};

describe('scenarios that AWS documents', () => {
  const results = runScenarios(file);

  it('are all there', () => {
    expect(results).toHaveLength(150);
  });

  it.each(results.map((result) => [`${result.id} ${result.title}`, result] as const))('%s', (_, result) => {
    expect(result.expected).toContain(result.actual);
    expect(result.reason.length).toBeGreaterThan(10);
  });
});

describe('the reader of scenarios', () => {
  it('takes one policy where a list is meant, and nothing where there is none', () => {
    const result = run({ id: 'x', request, identity: allow, expect: 'ImplicitlyDenied' });
    // Without an account the resource belongs to another one.
    expect(result).toMatchObject({ passed: true, actual: 'ImplicitlyDenied' });
    expect(
      run({ request: { ...request, resourceAccount: '111122223333' }, identity: allow, expect: ['Allowed'] })
        .passed,
    ).toBe(true);
  });

  it('reads group policies, levels of organizations and numbers in the context', () => {
    const result = run({
      request: { ...request, resourceAccount: '111122223333', context: { 's3:max-keys': 5, gone: null } },
      group: [allow],
      scp: [
        [allow],
        [
          {
            ...allow,
            Statement: [{ ...allow.Statement, Condition: { NumericLessThan: { 's3:max-keys': 10 } } }],
          },
        ],
      ],
      expect: ['Allowed'],
    });
    expect(result).toMatchObject({ passed: true, actual: 'Allowed' });
  });

  it('fails a scenario that it cannot read, and goes on', () => {
    const results = runScenarios({
      scenarios: [
        { id: 'A' },
        'B',
        { request, expect: ['Perhaps'] },
        { request, expect: ['ImplicitlyDenied'] },
      ],
    });
    expect(results.map(({ id, passed }) => [id, passed])).toEqual([
      ['A', false],
      ['#2', false],
      ['#3', false],
      ['', true],
    ]);
    expect(results[0]?.reason).toBe('It expects none of Allowed, ExplicitlyDenied, ImplicitlyDenied.');
  });

  it('says what a file without scenarios lacks', () => {
    expect(() => runScenarios({})).toThrow(ScenarioError);
    expect(() => runScenarios(null)).toThrow('There is no list "scenarios".');
  });

  it('reports what came out against what was expected', () => {
    const result = run({ id: 'x', title: 't', request, expect: ['Allowed'] });
    expect(result).toMatchObject({
      id: 'x',
      title: 't',
      passed: false,
      expected: ['Allowed'],
      actual: 'ImplicitlyDenied',
    });
  });
});
