import type { EditorView } from '@codemirror/view';
import { changedStretch } from './changed-stretch.ts';

/** Makes `text` the content as one step that can be undone. What stays the same is not touched, so the cursor stays too. */
export const replaceText = (view: EditorView, text: string): void => {
  const change = changedStretch(view.state.doc.toString(), text);
  if (change !== null) view.dispatch({ changes: change, userEvent: 'input.replace' });
};
