import { StateEffect, StateField, type Extension, type Text } from '@codemirror/state';
import { Decoration, EditorView, type DecorationSet } from '@codemirror/view';
import type { Tone } from '../../lib/tone.ts';
import { statementLines } from '../../lib/statement-lines.ts';

/** The statement to light, and what it did. */
export interface LitStatement {
  statement: number;
  tone: Tone;
}

/** Lights the lines of a statement, or none. */
export const setLit = StateEffect.define<LitStatement | null>();

const decorate = (doc: Text, lit: LitStatement | null): DecorationSet => {
  const lines = lit === null ? null : statementLines(doc.toString(), lit.statement);
  if (lit === null || lines === null) return Decoration.none;
  const look = Decoration.line({ class: 'wl-lit', attributes: { 'data-lit': lit.tone } });
  const places = [];
  for (let line = lines.first; line <= lines.last; line += 1) places.push(look.range(doc.line(line).from));
  return Decoration.set(places);
};

interface Lit {
  lit: LitStatement | null;
  lines: DecorationSet;
}

const litField = StateField.define<Lit>({
  create: () => ({ lit: null, lines: Decoration.none }),
  update: (before, { effects, docChanged, newDoc }) => {
    const set = effects.findLast((effect) => effect.is(setLit));
    if (set === undefined && !docChanged) return before;
    const lit = set === undefined ? before.lit : set.value;
    return { lit, lines: decorate(newDoc, lit) };
  },
  provide: (field) => EditorView.decorations.from(field, ({ lines }) => lines),
});

export const litLines: Extension = litField;
