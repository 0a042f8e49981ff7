import { Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import type { PolicyKind } from '@windlass/policy';
import { lintPolicy } from '@windlass/policy/lint';
import { useDeferredValue, useId, useMemo, useRef, useState, type ReactNode } from 'react';
import { fieldErrors } from '../../lib/problem.ts';
import type { JsonEditorHandle } from '../../ui/json-editor/editor-handle.ts';
import { JsonView } from '../../ui/json-view.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { FindingsList } from '../studio/findings-list.tsx';

/** A policy that is being written: whose it is, and how it is stored. */
export interface PolicyDraft {
  title: string;
  kind: PolicyKind;
  /** For bucket policies: the bucket that it is attached to. */
  bucket?: string;
  /** Null: it needs no name, there is but one. */
  name: string | null;
  /** What the name is of, where it is the person's to choose. */
  named: 'policy' | 'role' | null;
  text: string;
  about: ReactNode;
  save(name: string, text: string): Promise<unknown>;
}

interface PolicyDialogProps {
  draft: PolicyDraft;
  onClose: () => void;
}

/** Writes one policy, with what the linter says of it. What the bucket refuses is said here too. */
export const PolicyDialog = ({ draft, onClose }: PolicyDialogProps) => {
  const [text, setText] = useState(draft.text);
  const [name, setName] = useState(draft.name ?? '');
  const [failure, setFailure] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const why = useId();
  const editor = useRef<JsonEditorHandle>(null);
  const settled = useDeferredValue(text);
  const { kind, bucket } = draft;
  const findings = useMemo(
    () => (settled.trim() === '' ? [] : lintPolicy(settled, { kind, bucket, provider: 'embedded' })),
    [settled, kind, bucket],
  );
  const nameError = draft.named === null ? undefined : fieldErrors(failure)['name'];
  const unnamed = draft.named !== null && name === '';
  const save = async () => {
    setBusy(true);
    setFailure(null);
    try {
      await draft.save(name, text);
      onClose();
    } catch (error) {
      setFailure(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Modal opened onClose={onClose} title={draft.title} size="xl">
      <Stack gap={16}>
        <Text size="sm" component="div">
          {draft.about}
        </Text>
        {draft.named !== null && (
          <TextInput
            label={`Name of the ${draft.named}`}
            required
            data-autofocus
            spellCheck={false}
            error={nameError}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
        )}
        <JsonView what={draft.title} value={text} onChange={setText} findings={findings} handle={editor} />
        {text.trim() !== '' && (
          <FindingsList
            findings={findings}
            onLine={(line) => editor.current?.reveal(line)}
            onFix={(fix) => setText(fix.text)}
          />
        )}
        {failure !== null && nameError === undefined && <ProblemNotice error={failure} />}
        <Group justify="flex-end" gap={8}>
          {unnamed && (
            <Text size="sm" c="dimmed" id={why}>
              Give the {draft.named} a name to save it.
            </Text>
          )}
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button
            loading={busy}
            disabled={unnamed}
            aria-describedby={unnamed ? why : undefined}
            onClick={() => void save()}
          >
            Save
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
};
