import { lintCors, type Finding } from '@windlass/policy/lint';
import { comparison, type Comparison } from '../compare/comparison.ts';
import { lintDocument, type LintSetting } from '../check/lint-document.ts';
import type { CompareState, StudioDocument } from '../state/studio-state.ts';
import { isTooLong } from '../state/too-long.ts';

/** What was found, and in which text: that of the editor may have moved on. */
export interface LintedText {
  text: string;
  findings: readonly Finding[];
}

const lintDocuments = (input: {
  documents: readonly StudioDocument[];
  setting: LintSetting;
}): ReadonlyMap<string, LintedText> =>
  new Map(
    input.documents.map((document) => [
      document.id,
      { text: document.text, findings: lintDocument(document, input.setting) },
    ]),
  );

const lintRules = ({ text, origin }: { text: string; origin: string }): LintedText => ({
  text,
  findings: isTooLong(text) ? [] : lintCors(text, { ...(origin !== '' && { pageOrigin: origin }) }),
});

const compare = (input: CompareState): Comparison => comparison(input);

/** Work that may take longer than a key stroke should. It is done in a worker, so in and out are plain data. */
export const tasks = { lintDocuments, lintRules, compare } as const;

export type TaskName = keyof typeof tasks;
export type TaskInput<Name extends TaskName> = Parameters<(typeof tasks)[Name]>[0];
export type TaskOutput<Name extends TaskName> = ReturnType<(typeof tasks)[Name]>;
