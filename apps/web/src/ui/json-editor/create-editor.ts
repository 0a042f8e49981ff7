import {
  defaultKeymap,
  history,
  historyKeymap,
  redo,
  redoDepth,
  undo,
  undoDepth,
} from '@codemirror/commands';
import { json } from '@codemirror/lang-json';
import { bracketMatching, indentUnit } from '@codemirror/language';
import { lintGutter, lintKeymap, setDiagnostics } from '@codemirror/lint';
import { Compartment, EditorState } from '@codemirror/state';
import { EditorView, highlightActiveLineGutter, keymap, lineNumbers } from '@codemirror/view';
import type { Finding } from '@windlass/policy/lint';
import { toDiagnostics } from './diagnostics.ts';
import type { JsonEditorHandle } from './editor-handle.ts';
import { editorTheme } from './editor-theme.ts';
import { litLines, setLit, type LitStatement } from './lit-lines.ts';
import { longestText } from './longest-text.ts';
import { replaceText } from './replace-text.ts';

interface EditorOptions {
  parent: HTMLElement;
  /** What it begins with; no undo goes back behind it. */
  text: string;
  /** In UTF-16 units. */
  longest: number;
  onChange: (text: string) => void;
  onRefused: (length: number | null) => void;
  onHistory: (steps: { undo: boolean; redo: boolean }) => void;
}

/** A text editor for JSON in the page: marks, light and content come in from outside, changes go out. */
export interface Editor extends JsonEditorHandle {
  /** Names it for screen readers. */
  setName(what: string): void;
  setText(text: string): void;
  mark(findings: readonly Finding[]): void;
  light(lit: LitStatement | null): void;
  undo(): void;
  redo(): void;
  destroy(): void;
}

export const createEditor = (options: EditorOptions): Editor => {
  const name = new Compartment();
  const view = new EditorView({
    parent: options.parent,
    state: EditorState.create({
      doc: options.text,
      extensions: [
        lintGutter(),
        lineNumbers(),
        highlightActiveLineGutter(),
        history(),
        json(),
        bracketMatching(),
        indentUnit.of('  '),
        EditorView.lineWrapping,
        // Tab moves on to the next control, as everywhere on the page.
        keymap.of([...defaultKeymap, ...historyKeymap, ...lintKeymap]),
        name.of([]),
        longestText(options.longest, options.onRefused),
        litLines,
        editorTheme,
        EditorView.updateListener.of(({ docChanged, state }) => {
          if (!docChanged) return;
          options.onHistory({ undo: undoDepth(state) > 0, redo: redoDepth(state) > 0 });
          options.onChange(state.doc.toString());
        }),
      ],
    }),
  });
  return {
    setName: (what) => {
      // It can be focused anyway; the attribute tells so to tools that look whether what scrolls can be reached.
      const label = EditorView.contentAttributes.of({
        'aria-label': what,
        spellcheck: 'false',
        tabindex: '0',
      });
      view.dispatch({ effects: name.reconfigure(label) });
    },
    setText: (text) => replaceText(view, text),
    mark: (findings) => {
      view.dispatch(setDiagnostics(view.state, toDiagnostics(findings, view.state.doc.length)));
    },
    light: (lit) => view.dispatch({ effects: setLit.of(lit) }),
    reveal: (number) => {
      const { from } = view.state.doc.line(Math.min(Math.max(number, 1), view.state.doc.lines));
      view.dispatch({
        selection: { anchor: from },
        effects: EditorView.scrollIntoView(from, { y: 'center' }),
      });
      view.focus();
    },
    undo: () => undo(view),
    redo: () => redo(view),
    destroy: () => view.destroy(),
  };
};
