import { describe, expect, test } from 'vitest';
import { ruleIds } from '../lint/rules.ts';
import { explainRule, lintExample } from './explain-rule.ts';

describe('the example of each rule', () => {
  test.each(ruleIds)('%s has the finding, and its mended form has it no more', (id) => {
    const { bad, good, message } = explainRule(id);
    expect(message).not.toBe('');
    expect(() => JSON.parse(good) as unknown).not.toThrow();
    const found = (text: string): number => lintExample(id, text).filter(({ rule }) => rule === id).length;
    expect(found(bad)).toBeGreaterThan(0);
    expect(found(good)).toBe(0);
  });

  test.each(ruleIds)('%s is mended without a new error', (id) => {
    const { good } = explainRule(id);
    expect(lintExample(id, good).filter(({ severity }) => severity === 'error')).toEqual([]);
  });

  test('comes with a source for each rule', () => {
    for (const id of ruleIds) expect(explainRule(id).source).toMatch(/^https:\/\/[a-z0-9.-]+\//);
  });
});
