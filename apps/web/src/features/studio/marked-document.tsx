import { Stack, Text } from '@mantine/core';
import { useRef, type ReactNode, type RefCallback } from 'react';
import { formatBytes } from '../../lib/format.ts';
import type { JsonEditorHandle } from '../../ui/json-editor/editor-handle.ts';
import { JsonView } from '../../ui/json-view.tsx';
import type { LitPlace } from './check/judge.ts';
import { State } from '../../ui/state.tsx';
import { FindingsList } from './findings-list.tsx';
import { isTooLong } from './state/too-long.ts';
import type { LintedText } from './tasks/tasks.ts';

const none: readonly never[] = [];

interface MarkedDocumentProps {
  what: string;
  text: string;
  /** Null until it has been looked at. */
  linted: LintedText | null;
  /** To look at it took too long. */
  failed: boolean;
  lit?: LitPlace | null;
  onWrite: (text: string) => void;
  /** Takes the editor, so that a place in it can be shown from elsewhere. */
  editor?: RefCallback<JsonEditorHandle>;
}

/** A document to write into: the editor with its marks, and below it the list of what was found. */
export const MarkedDocument = ({
  what,
  text,
  linted,
  failed,
  lit = null,
  onWrite,
  editor,
}: MarkedDocumentProps) => {
  const own = useRef<JsonEditorHandle>(null);
  return (
    <Stack gap={12} miw={0}>
      <JsonView
        what={what}
        value={text}
        findings={linted?.findings ?? none}
        litStatement={lit?.statement ?? null}
        litTone={lit?.tone ?? 'ok'}
        onChange={onWrite}
        handle={(made) => {
          own.current = made;
          editor?.(made);
        }}
      />
      <Found
        text={text}
        linted={linted}
        failed={failed}
        onLine={(line) => own.current?.reveal(line)}
        onFix={onWrite}
      />
    </Stack>
  );
};

interface FoundProps extends Pick<MarkedDocumentProps, 'text' | 'linted' | 'failed'> {
  onLine: (line: number) => void;
  onFix: (text: string) => void;
}

const Found = ({ text, linted, failed, onLine, onFix }: FoundProps) => {
  if (isTooLong(text)) {
    return (
      <Notice>
        With {formatBytes(text.length)} it is longer than any policy may be (S3 takes 20 KB of a bucket
        policy, IAM less of all others), so it is neither checked nor tried.
      </Notice>
    );
  }
  if (failed) return <Notice>It took too long to check, and was given up. A change begins anew.</Notice>;
  if (linted === null) {
    return (
      <div className="wl-notice">
        <State tone="unknown" word="Checking" busy />
      </div>
    );
  }
  return (
    <FindingsList
      findings={linted.findings}
      onLine={onLine}
      // A fix holds the whole text: one of a text that was changed since would undo the change.
      onFix={(fix) => linted.text === text && onFix(fix.text)}
    />
  );
};

const Notice = ({ children }: { children: ReactNode }) => (
  <div className="wl-notice" data-tone="attention" role="status">
    <Text size="sm">{children}</Text>
  </div>
);
