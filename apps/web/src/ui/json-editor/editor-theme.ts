import { HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import type { Extension } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { tags } from '@lezer/highlight';

/** The same classes as the read-only view has, so that JSON looks the same in both. */
const highlight = HighlightStyle.define([
  { tag: tags.propertyName, class: 'wl-json-name' },
  { tag: tags.string, class: 'wl-json-text' },
]);

const line = '1px solid var(--wl-line)';

const look = EditorView.theme({
  '&': { backgroundColor: 'transparent', color: 'inherit', fontSize: '12px' },
  '&.cm-focused': { outline: '2px solid var(--mantine-color-anchor)', outlineOffset: '-2px' },
  '.cm-scroller': {
    fontFamily: 'var(--mantine-font-family-monospace)',
    lineHeight: '20px',
    maxHeight: 'min(70dvh, 640px)',
    overflow: 'auto',
  },
  '.cm-content': { padding: '4px 0 12px', caretColor: 'currentColor' },
  '.cm-line': { padding: '0 12px 0 8px' },
  '.cm-gutters': { backgroundColor: 'transparent', color: 'var(--mantine-color-dimmed)', border: 'none' },
  '.cm-lineNumbers .cm-gutterElement': { minWidth: '28px', padding: '0 4px 0 0' },
  '.cm-activeLine, .cm-activeLineGutter': { backgroundColor: 'transparent' },
  '&.cm-focused .cm-activeLineGutter': { color: 'var(--mantine-color-text)' },
  '&.cm-focused .cm-matchingBracket': { backgroundColor: 'transparent', outline: line },
  '.cm-gutter-lint': { width: '16px' },
  '.cm-gutter-lint .cm-gutterElement': { padding: '6px 4px' },
  '.cm-lint-marker': { width: '8px', height: '8px', borderRadius: '50%', content: '""' },
  '.cm-lint-marker-error': { content: '""', backgroundColor: 'var(--wl-missing)' },
  '.cm-lint-marker-warning': { content: '""', backgroundColor: 'var(--wl-attention)' },
  '.cm-lint-marker-info': { content: '""', backgroundColor: 'var(--wl-unknown)' },
  '.cm-lintRange': { backgroundImage: 'none', paddingBottom: '0' },
  '.cm-lintRange-error': { textDecoration: 'underline 2px var(--wl-missing)' },
  '.cm-lintRange-warning': { textDecoration: 'underline 2px var(--wl-attention)' },
  '.cm-lintRange-info': { textDecoration: 'underline dotted 2px var(--wl-unknown)' },
  '.cm-tooltip': {
    maxWidth: 'min(440px, 90vw)',
    border: line,
    borderRadius: '8px',
    backgroundColor: 'var(--wl-ground)',
    color: 'var(--mantine-color-text)',
    fontFamily: 'var(--mantine-font-family)',
    fontSize: '13px',
    boxShadow: 'var(--mantine-shadow-md)',
  },
  '.cm-diagnostic': { padding: '8px 12px', borderLeft: 'none', marginLeft: '0' },
  '.cm-diagnosticText': { display: 'block' },
  '.cm-diagnosticSource': { color: 'var(--mantine-color-dimmed)', opacity: '1', fontSize: '12px' },
  '.cm-diagnosticAction': {
    margin: '8px 8px 4px 0',
    cursor: 'pointer',
    padding: '4px 8px',
    borderRadius: '8px',
    border: line,
    backgroundColor: 'var(--wl-sunken)',
    color: 'var(--mantine-color-text)',
    fontSize: '12px',
  },
});

/** Everything in the app's own variables, so that light and dark need no second theme. */
export const editorTheme: Extension = [look, syntaxHighlighting(highlight)];
