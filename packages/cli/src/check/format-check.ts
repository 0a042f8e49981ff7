import {
  checkGroups,
  type CheckGroup,
  type CheckReport,
  type CheckRow,
  type Connection,
} from '@windlass/contract';
import { paint, printable, type CommandOutput } from '../command-output.ts';

const colours = {
  ok: 'green',
  failed: 'red',
  missing: 'red',
  excess: 'yellow',
  unknown: 'dim',
} as const satisfies Record<CheckRow['state'], string>;

const titles: Record<CheckGroup, string> = {
  ground: 'before any right',
  trust: 'trust of the role',
  rights: 'rights below the prefix',
  fence: 'rights outside the prefix',
  administration: 'administration',
  browser: 'from a browser',
};

/**
 * The report for a person: a line a row, and below it, where there is something to do, what, with the statement or rule
 * whole. Words of a provider are printed so that they cannot steer the terminal.
 */
export const formatCheck = (
  { name, bucket, prefix, jobs }: Pick<Connection, 'name' | 'bucket' | 'prefix' | 'jobs'>,
  report: CheckReport,
  output: Pick<CommandOutput, 'colours'>,
): string => {
  const groups = checkGroups.flatMap((group) => {
    const rows = report.rows.filter((row) => row.group === group);
    return rows.length === 0
      ? []
      : ['', paint(titles[group], 'dim', output), ...rows.flatMap((row) => linesOf(row, output))];
  });
  const head = `${name}: ${printable(`${bucket}/${prefix}`)} for ${jobs.join(', ')}`;
  const warning = report.fullAccess
    ? [
        '',
        paint(
          'These credentials can do everything in the bucket: replace them by ones for this job alone.',
          'yellow',
          output,
        ),
      ]
    : [];
  return `${[head, ...groups, ...warning, '', sumOf(report)].join('\n')}\n`;
};

const idWidth = 16;
const stateWidth = 8;

const linesOf = (row: CheckRow, output: Pick<CommandOutput, 'colours'>): string[] => {
  const indent = ' '.repeat(stateWidth + idWidth + 2);
  return [
    `${paint(row.state.padEnd(stateWidth), colours[row.state], output)} ${row.id.padEnd(idWidth)} ${printable(row.cause)}`,
    ...(row.next === '' ? [] : [`${indent}${printable(row.next)}`]),
    ...(row.statement === null
      ? []
      : [
          `${indent}${row.statement.change}:`,
          ...row.statement.json.split('\n').map((line) => `${indent}${printable(line)}`),
        ]),
  ];
};

const sumOf = ({ state, rows }: CheckReport): string => {
  const counts = (['failed', 'missing', 'excess', 'unknown', 'ok'] as const).flatMap((wanted) => {
    const count = rows.filter((row) => row.state === wanted).length;
    return count === 0 ? [] : [`${count} ${wanted}`];
  });
  return `${state}: ${counts.join(', ')}.`;
};
