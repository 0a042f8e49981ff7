import { presetName, type Source } from '@windlass/contract';
import { BadValue, parsePlan } from '@windlass/images/parameters';
import { sentence } from '../../../lib/format.ts';

/** A preset as its editor holds it: names may be half typed, or there twice. */
export interface PresetRow {
  /** Tells rows apart while their names change. */
  key: number;
  name: string;
  query: string;
}

export interface PresetProblems {
  name?: string;
  query?: string;
}

export const presetRows = (presets: Source['presets']): readonly PresetRow[] =>
  Object.entries(presets).map(([name, query], key) => ({ key, name, query }));

export const presetsFrom = (rows: readonly PresetRow[]): Record<string, string> =>
  Object.fromEntries(rows.map(({ name, query }) => [name, query.replace(/^\?/, '')]));

const queryProblem = (query: string, maxSide: number): string | null => {
  if (query.trim() === '') return 'This is needed, e.g. width=160&height=160&mode=crop.';
  try {
    parsePlan(query.replace(/^\?/, ''), { maxSide });
    return null;
  } catch (error) {
    if (error instanceof BadValue) return sentence(error.message);
    throw error;
  }
};

/** What is wrong with each row, in the server's words; an empty object where nothing is. */
export const presetProblems = (rows: readonly PresetRow[], maxSide: number): readonly PresetProblems[] =>
  rows.map(({ name, query }) => {
    const parsed = presetName.safeParse(name);
    const wrongName = parsed.success ? null : sentence(parsed.error.issues[0]?.message ?? '');
    const twice = rows.filter((row) => row.name === name).length > 1 ? 'This name is there twice.' : null;
    const nameProblem = wrongName ?? twice;
    const wrongQuery = queryProblem(query, maxSide);
    return {
      ...(nameProblem === null ? {} : { name: nameProblem }),
      ...(wrongQuery === null ? {} : { query: wrongQuery }),
    };
  });
