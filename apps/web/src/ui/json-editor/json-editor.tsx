import { ActionIcon, Tooltip } from '@mantine/core';
import { IconArrowBackUp, IconArrowForwardUp } from '@tabler/icons-react';
import { useEffect, useImperativeHandle, useRef, useState, type Ref } from 'react';
import { formatBytes } from '../../lib/format.ts';
import { Copy } from '../copy.tsx';
import type { JsonViewProps } from '../json-view-props.ts';
import { createEditor, type Editor } from './create-editor.ts';
import type { JsonEditorHandle } from './editor-handle.ts';

export interface JsonEditorProps extends JsonViewProps {
  /** Called with the whole text after each change. */
  onChange: (value: string) => void;
  handle?: Ref<JsonEditorHandle>;
}

/** More than any policy may have: S3 takes 20 KB of a bucket policy, IAM less of all others. */
const longest = 100_000;

/** The writing half of `JsonView`, which loads it when it is needed. */
export const JsonEditor = ({
  value,
  what,
  findings,
  litStatement = null,
  litTone = 'ok',
  onChange,
  handle,
}: JsonEditorProps) => {
  const place = useRef<HTMLDivElement>(null);
  const editor = useRef<Editor>(null);
  const changed = useRef(onChange);
  const [first] = useState(value);
  const [refused, setRefused] = useState<number | null>(null);
  const [steps, setSteps] = useState({ undo: false, redo: false });

  useEffect(() => {
    changed.current = onChange;
  }, [onChange]);

  // One editor for the life of the component, since its history is what a person undoes. The effects below, which run
  // after this one, bring into it what the props say.
  useEffect(() => {
    if (place.current === null) return;
    const made = createEditor({
      parent: place.current,
      text: first,
      longest,
      onChange: (text) => changed.current(text),
      onRefused: setRefused,
      onHistory: setSteps,
    });
    editor.current = made;
    return () => {
      editor.current = null;
      made.destroy();
    };
  }, [first]);
  useEffect(() => editor.current?.setName(what), [what]);
  useEffect(() => editor.current?.setText(value), [value]);
  useEffect(() => editor.current?.mark(findings ?? []), [findings]);
  useEffect(() => {
    editor.current?.light(litStatement === null ? null : { statement: litStatement, tone: litTone });
  }, [litStatement, litTone]);
  useImperativeHandle(handle, () => ({ reveal: (line) => editor.current?.reveal(line) }), []);

  return (
    <figure className="wl-code" aria-label={what}>
      <figcaption className="wl-code-head">
        <span>{what}</span>
        <span className="wl-code-tools">
          <Tool label="Undo" Icon={IconArrowBackUp} can={steps.undo} act={() => editor.current?.undo()} />
          <Tool label="Redo" Icon={IconArrowForwardUp} can={steps.redo} act={() => editor.current?.redo()} />
          <Copy text={value} what={what} />
        </span>
      </figcaption>
      <div ref={place} />
      <p className="wl-code-refused" role="status">
        {refused !== null &&
          `That would be ${formatBytes(refused)}: more than any policy may have, so it was left out.`}
      </p>
    </figure>
  );
};

interface ToolProps {
  label: string;
  Icon: typeof IconArrowBackUp;
  can: boolean;
  act: () => void;
}

const Tool = ({ label, Icon, can, act }: ToolProps) => (
  <Tooltip label={label}>
    <ActionIcon
      variant="subtle"
      color="gray"
      aria-label={label}
      // Not `disabled`: the button keeps the focus while one undoes step by step.
      aria-disabled={!can}
      className="wl-tool"
      onClick={act}
    >
      <Icon size={16} />
    </ActionIcon>
  </Tooltip>
);
