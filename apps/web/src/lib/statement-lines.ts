import { createLineIndex, memberOf, readJson } from '@windlass/policy/lint';

interface Lines {
  /** From 1. */
  first: number;
  last: number;
}

/**
 * The lines on which a statement of a policy stands, or null where there is no such statement.
 *
 * @param index counted from 0, as in the policy.
 * @example statementLines('{"Statement":\n{"Effect":"Deny"}}', 0) // { first: 2, last: 2 }
 */
export const statementLines = (policy: string, index: number): Lines | null => {
  const statements = memberOf(readJson(policy).root, 'Statement')?.value;
  const statement =
    statements?.type === 'array' ? statements.items[index] : index === 0 ? statements : undefined;
  if (statement === undefined) return null;
  const { line, endLine } = createLineIndex(policy)(statement.start, statement.end);
  return { first: line, last: endLine };
};
