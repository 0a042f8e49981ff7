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
  let depth = 0;
  let line = 1;
  let name = '';
  let seen = -1;
  let first = 0;
  let inside: number | null = null;
  for (let at = 0; at < policy.length; at += 1) {
    const character = policy[at];
    if (character === '\n') line += 1;
    else if (character === '"') {
      const close = endOfText(policy, at);
      if (depth === 1) name = policy.slice(at + 1, close);
      at = close;
    } else if (character === '{' || character === '[') {
      const opensStatement = character === '{' && name === 'Statement' && (depth === 1 || depth === 2);
      depth += 1;
      if (!opensStatement || inside !== null) continue;
      seen += 1;
      inside = depth;
      first = line;
    } else if (character === '}' || character === ']') {
      if (inside === depth) {
        if (seen === index) return { first, last: line };
        inside = null;
      }
      depth -= 1;
    } else if (character === ',' && depth === 1) name = '';
  }
  return null;
};

const endOfText = (policy: string, start: number): number => {
  let at = start + 1;
  while (at < policy.length && policy[at] !== '"' && policy[at] !== '\n') at += policy[at] === '\\' ? 2 : 1;
  return at;
};
