import { styleText } from 'node:util';
import type { Row, RowState } from './row.ts';

const colourOf = { ok: 'green', warn: 'yellow', fail: 'red' } as const satisfies Record<RowState, string>;

/** The table for a person: state, check, detail; below a row that is not ok, what to do. */
export const formatRows = (rows: readonly Row[], colours: boolean): string => {
  const width = Math.max(...rows.map(({ check }) => check.length));
  const lines = rows.flatMap(({ check, state, detail, next }) => {
    const word = state.padEnd(4);
    // main.ts has looked at the terminal and NO_COLOR; this one is told.
    const painted = colours ? styleText(colourOf[state], word, { validateStream: false }) : word;
    return [
      `${painted}  ${check.padEnd(width)}  ${detail}`,
      ...(next === '' ? [] : [`${' '.repeat(width + 8)}${next}`]),
    ];
  });
  const failed = rows.filter(({ state }) => state === 'fail').length;
  const warned = rows.filter(({ state }) => state === 'warn').length;
  return `${lines.join('\n')}\n\n${summary(failed, warned)}\n`;
};

const summary = (failed: number, warned: number): string => {
  if (failed === 0 && warned === 0) return 'All is well.';
  return [failed > 0 ? `${failed} to mend` : '', warned > 0 ? `${warned} to look at` : '']
    .filter((part) => part !== '')
    .join(', ')
    .concat('.');
};
