import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, totalmem } from 'node:os';

/** Where a figure was taken: without it a figure says nothing. */
export interface Machine {
  commit: string;
  changed: boolean;
  cpu: string;
  cores: number;
  memoryGiB: number;
  node: string;
  date: string;
}

export interface Table {
  title: string;
  columns: readonly string[];
  rows: readonly (readonly string[])[];
}

/** What a bench gives back: tables for people, figures for machines. */
export interface BenchReport {
  tables: readonly Table[];
  figures: unknown;
}

const git = (...args: string[]): string => {
  try {
    return execFileSync('git', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  } catch {
    // No git, or no repository: the figures are still worth printing.
    return '';
  }
};

export const machine = (): Machine => ({
  commit: git('rev-parse', '--short', 'HEAD') || 'unknown',
  changed: git('status', '--porcelain', '--untracked-files=no') !== '',
  cpu: cpus()[0]?.model ?? 'unknown',
  cores: availableParallelism(),
  memoryGiB: Math.round(totalmem() / 1024 ** 3),
  node: process.version,
  date: new Date().toISOString(),
});

const line = (cells: readonly string[], widths: readonly number[]): string =>
  `| ${cells.map((cell, at) => (at === 0 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0))).join(' | ')} |`;

/** A table as Markdown, so that it can be pasted. */
export const formatTable = ({ title, columns, rows }: Table): string => {
  const widths = columns.map((column, at) =>
    Math.max(column.length, ...rows.map((row) => (row[at] ?? '').length)),
  );
  const rule = widths.map((width, at) => (at === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`));
  return [
    `\n${title}`,
    line(columns, widths),
    line(rule, widths),
    ...rows.map((row) => line(row, widths)),
  ].join('\n');
};

/** Prints the tables and keeps the figures in bench/results/NAME.json. */
export const publish = (name: string, report: BenchReport): void => {
  const where = machine();
  console.log(
    `\n${name}: ${where.cpu}, ${where.cores} cores, ${where.memoryGiB} GiB, Node ${where.node}, commit ${where.commit}${where.changed ? ' + changes' : ''}`,
  );
  for (const table of report.tables) console.log(formatTable(table));
  const folder = new URL('results/', import.meta.url);
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    new URL(`${name}.json`, folder),
    `${JSON.stringify({ name, machine: where, figures: report.figures }, null, 2)}\n`,
  );
};
