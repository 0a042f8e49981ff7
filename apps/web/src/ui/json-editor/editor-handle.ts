/** What others may ask of an editor. */
export interface JsonEditorHandle {
  /** Puts the cursor at the start of a line (from 1), shows it and takes the focus. */
  reveal(line: number): void;
}
