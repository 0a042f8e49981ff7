import { severities, type Finding, type Severity } from '@windlass/policy/lint';
import type { Tone } from './tone.ts';

/** How bad a finding is, in the four tones of every state and in a word. */
export const severityWords = {
  error: { tone: 'missing', word: 'Error' },
  security: { tone: 'attention', word: 'Security' },
  warn: { tone: 'attention', word: 'Warning' },
  info: { tone: 'unknown', word: 'Note' },
} as const satisfies Record<Severity, { tone: Tone; word: string }>;

/** What matters most comes first; equals stay in the order of the text. */
export const worstFirst = (findings: readonly Finding[]): Finding[] =>
  findings.toSorted((a, b) => severities.indexOf(a.severity) - severities.indexOf(b.severity));

/** The finding that matters most; of equals the first. Null where there is none. */
export const worstFinding = (findings: readonly Finding[]): Finding | null => worstFirst(findings)[0] ?? null;
