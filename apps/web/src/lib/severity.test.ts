import type { Finding, Severity } from '@windlass/policy/lint';
import { expect, it } from 'vitest';
import { worstFinding, worstFirst } from './severity.ts';

const finding = (severity: Severity, rule: string): Finding => ({
  rule,
  severity,
  message: rule,
  path: '',
  statement: null,
  fixes: [],
  line: 1,
  column: 1,
  endLine: 1,
  endColumn: 1,
  start: 0,
  end: 0,
});

it('takes an error before a risk, a risk before a warning, a warning before a note', () => {
  const note = finding('info', 'a');
  const warning = finding('warn', 'b');
  const risk = finding('security', 'c');
  const error = finding('error', 'd');
  expect(worstFinding([note, warning])).toBe(warning);
  expect(worstFinding([note, warning, risk])).toBe(risk);
  expect(worstFinding([note, error, warning, risk])).toBe(error);
});

it('takes the first of equals, and null where there is none', () => {
  const first = finding('warn', 'a');
  expect(worstFinding([first, finding('warn', 'b')])).toBe(first);
  expect(worstFinding([])).toBeNull();
});

it('puts the worst first and leaves equals in their order', () => {
  const [a, b, c] = [finding('warn', 'a'), finding('error', 'b'), finding('warn', 'c')];
  expect(worstFirst([a, b, c])).toEqual([b, a, c]);
});
