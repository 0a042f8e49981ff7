import type { Diagnostic } from '@codemirror/lint';
import type { EditorView } from '@codemirror/view';
import type { Finding, Severity } from '@windlass/policy/lint';
import { severityWords } from '../../lib/severity.ts';
import { replaceText } from './replace-text.ts';

/** The editor knows three marks; the word in the message tells a risk from a warning. */
const marks = {
  error: 'error',
  security: 'warning',
  warn: 'warning',
  info: 'info',
} as const satisfies Record<Severity, Diagnostic['severity']>;

/** Findings as the editor marks them: in the margin, under the text, with their fixes on hover. */
export const toDiagnostics = (findings: readonly Finding[], length: number): Diagnostic[] =>
  findings.map(({ start, end, severity, rule, message, fixes }) => ({
    // The text may be shorter by now than the one that was read.
    from: Math.min(start, length),
    to: Math.min(end, length),
    severity: marks[severity],
    source: rule,
    message: `${severityWords[severity].word}: ${message}`,
    actions: fixes.map(({ title, text }) => ({
      name: title,
      apply: (view: EditorView) => replaceText(view, text),
    })),
  }));
