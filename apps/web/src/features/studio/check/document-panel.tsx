import { Stack, Text } from '@mantine/core';
import type { PolicyKind } from '@windlass/policy';
import type { PolicyProvider } from '@windlass/policy/generate';
import type { Dispatch, RefCallback } from 'react';
import type { JsonEditorHandle } from '../../../ui/json-editor/editor-handle.ts';
import { MarkedDocument } from '../marked-document.tsx';
import { kindWords } from '../state/kind-words.ts';
import type { StudioAction } from '../state/studio-reducer.ts';
import type { StudioDocument } from '../state/studio-state.ts';
import type { LintedText } from '../tasks/tasks.ts';
import { DocumentToolbar } from './document-toolbar.tsx';
import type { LitPlace } from './judge.ts';

interface DocumentPanelProps {
  document: StudioDocument;
  provider: PolicyProvider;
  linted: LintedText | null;
  failed: boolean;
  /** The statement of this document that decided, or null. */
  lit: LitPlace | null;
  /** Kinds that another document has already, and of which there can be only one. */
  taken: ReadonlySet<PolicyKind>;
  removable: boolean;
  editor: RefCallback<JsonEditorHandle>;
  dispatch: Dispatch<StudioAction>;
}

/** One document with what can be done to it. */
export const DocumentPanel = ({
  document: { id, kind, text },
  provider,
  linted,
  failed,
  lit,
  taken,
  removable,
  editor,
  dispatch,
}: DocumentPanelProps) => {
  const write = (next: string) => dispatch({ type: 'write', id, text: next });
  return (
    <Stack gap={12}>
      <DocumentToolbar
        kind={kind}
        text={text}
        provider={provider}
        taken={taken}
        onKind={(next) => dispatch({ type: 'kind', id, kind: next })}
        onProvider={(next) => dispatch({ type: 'provider', provider: next })}
        onFormat={write}
        onRemove={removable ? () => dispatch({ type: 'remove', id }) : null}
      />
      <Text size="xs" c="dimmed">
        {kindWords[kind].about}
      </Text>
      <MarkedDocument
        what={kindWords[kind].word}
        text={text}
        linted={linted}
        failed={failed}
        lit={lit}
        onWrite={write}
        editor={editor}
      />
    </Stack>
  );
};
