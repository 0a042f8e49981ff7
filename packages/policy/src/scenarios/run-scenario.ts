import { recordOf, textsOf } from '../evaluate/element-values.ts';
import { evaluate } from '../evaluate/evaluate.ts';
import type { Decision, Evaluation } from '../evaluate/evaluation.ts';
import { readScenario, ScenarioError, type Scenario } from './scenario.ts';

export interface ScenarioResult {
  readonly id: string;
  readonly title: string;
  readonly passed: boolean;
  readonly expected: readonly Decision[];
  /** Null where the scenario could not be read. */
  readonly actual: Decision | null;
  /** Why that came out, or why the scenario could not be read. */
  readonly reason: string;
  readonly evaluation: Evaluation | null;
}

export const runScenario = ({ id, title, request, policies, expect }: Scenario): ScenarioResult => {
  const evaluation = evaluate(request, policies);
  const { decision, reason } = evaluation;
  return {
    id,
    title,
    passed: expect.includes(decision),
    expected: expect,
    actual: decision,
    reason,
    evaluation,
  };
};

const runUnread = (value: unknown, index: number): ScenarioResult => {
  try {
    return runScenario(readScenario(value));
  } catch (error) {
    if (!(error instanceof ScenarioError)) throw error;
    const id = textsOf(recordOf(value)?.['id'])[0] ?? `#${index + 1}`;
    return {
      id,
      title: '',
      passed: false,
      expected: [],
      actual: null,
      reason: error.message,
      evaluation: null,
    };
  }
};

/**
 * Runs a file of scenarios: `{"scenarios": […]}` or a plain list. A scenario that cannot be read fails; it stops nothing.
 *
 * @throws ScenarioError for JSON that holds no list of scenarios
 */
export const runScenarios = (file: unknown): readonly ScenarioResult[] => {
  const scenarios = Array.isArray(file) ? file : recordOf(file)?.['scenarios'];
  if (!Array.isArray(scenarios)) throw new ScenarioError('There is no list "scenarios".');
  return scenarios.map(runUnread);
};
