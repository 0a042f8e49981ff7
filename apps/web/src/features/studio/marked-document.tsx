import { Stack, Text } from '@mantine/core';
import type { Finding } from '@windlass/policy';
import { useRef, type RefCallback } from 'react';
import { formatBytes } from '../../lib/format.ts';
import type { JsonEditorHandle } from '../../ui/json-editor/editor-handle.ts';
import { JsonView } from '../../ui/json-view.tsx';
import type { LitPlace } from './check/judge.ts';
import { FindingsList } from './findings-list.tsx';
import { isTooLong } from './state/too-long.ts';

interface MarkedDocumentProps {
  what: string;
  text: string;
  findings: readonly Finding[];
  lit?: LitPlace | null;
  onWrite: (text: string) => void;
  /** Takes the editor, so that a place in it can be shown from elsewhere. */
  editor?: RefCallback<JsonEditorHandle>;
}

/** A document to write into: the editor with its marks, and below it the list of what was found. */
export const MarkedDocument = ({
  what,
  text,
  findings,
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
        findings={findings}
        litStatement={lit?.statement ?? null}
        litTone={lit?.tone ?? 'ok'}
        onChange={onWrite}
        handle={(made) => {
          own.current = made;
          editor?.(made);
        }}
      />
      {isTooLong(text) ? (
        <div className="wl-notice" data-tone="attention" role="status">
          <Text size="sm">
            With {formatBytes(text.length)} it is longer than any policy may be (S3 takes 20 KB of a bucket
            policy, IAM less of all others), so it is neither checked nor tried.
          </Text>
        </div>
      ) : (
        <FindingsList
          findings={findings}
          onLine={(line) => own.current?.reveal(line)}
          onFix={(fix) => onWrite(fix.text)}
        />
      )}
    </Stack>
  );
};
