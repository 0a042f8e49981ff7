/** Replaces the stretch from `start` up to `end` of a text. */
export interface TextEdit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/**
 * The text after all edits. Edits keep their order where they start at the same place; one that overlaps an earlier
 * one is left out, because two mends of one stretch would garble it.
 */
export const applyEdits = (text: string, edits: readonly TextEdit[]): string => {
  const parts: string[] = [];
  let done = 0;
  for (const edit of edits.toSorted((a, b) => a.start - b.start || a.end - b.end)) {
    if (edit.start < done) continue;
    parts.push(text.slice(done, edit.start), edit.text);
    done = edit.end;
  }
  parts.push(text.slice(done));
  return parts.join('');
};
