import type { Finding } from '@windlass/policy/lint';
import { lazy, Suspense, type Ref } from 'react';
import { severityWords, worstFinding } from '../lib/severity.ts';
import { statementLines } from '../lib/statement-lines.ts';
import { CodeBlock } from './code-block.tsx';
import type { JsonEditorHandle } from './json-editor/editor-handle.ts';
import { JsonLine } from './json-line.tsx';
import type { JsonViewProps } from './json-view-props.ts';

interface EditableProps extends JsonViewProps {
  /** Given: the text can be edited. Called with the whole text after each change. */
  onChange?: (value: string) => void;
  /** To reveal a line from outside; null until the editor is there. */
  handle?: Ref<JsonEditorHandle>;
}

// The editor is many times the size of the view, and most screens only show.
const JsonEditor = lazy(async () => ({
  default: (await import('./json-editor/json-editor.tsx')).JsonEditor,
}));

/**
 * A policy or any other JSON: line numbers, findings in the margin, a copy button, the deciding statement lit, folded
 * when long. The one component for it, to read and to edit.
 *
 * @example <JsonView what="Bucket policy" value={text} litStatement={1} litTone="missing" />
 */
export const JsonView = ({ onChange, handle, ...view }: EditableProps) =>
  onChange === undefined ? (
    <ReadOnly {...view} />
  ) : (
    <Suspense fallback={<ReadOnly {...view} />}>
      <JsonEditor {...view} onChange={onChange} {...(handle === undefined ? {} : { handle })} />
    </Suspense>
  );

const nothing: readonly Finding[] = [];

const ReadOnly = ({
  value,
  what,
  findings = nothing,
  litStatement = null,
  litTone = 'ok',
  foldAfter = 40,
}: JsonViewProps) => {
  const lit = litStatement === null ? null : statementLines(value, litStatement);
  const last = Math.max(lit?.last ?? 0, ...findings.map(({ line }) => line));
  return (
    <CodeBlock
      what={what}
      code={value}
      foldAfter={foldAfter}
      unfolded={last > foldAfter}
      lookOf={(text, line) => ({
        content: <JsonLine text={text} />,
        lit: lit !== null && line >= lit.first && line <= lit.last ? litTone : undefined,
        mark: <Mark findings={findings.filter((finding) => finding.line === line)} />,
      })}
    />
  );
};

const Mark = ({ findings }: { findings: readonly Finding[] }) => {
  const worst = worstFinding(findings);
  if (worst === null) return null;
  const said = findings
    .map(({ severity, message }) => `${severityWords[severity].word}: ${message}`)
    .join('\n');
  return (
    <span
      className="wl-json-mark"
      data-tone={severityWords[worst.severity].tone}
      role="img"
      title={said}
      aria-label={said}
    />
  );
};
