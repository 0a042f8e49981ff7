import { ActionIcon, Badge, Group, Stack, Switch, Text, TextInput, UnstyledButton } from '@mantine/core';
import {
  IconArrowDown,
  IconArrowUp,
  IconChevronDown,
  IconCopyPlus,
  IconGripVertical,
  IconTrash,
} from '@tabler/icons-react';
import { useId, useState, type DragEvent } from 'react';
import { fieldKindWords } from '../drop-words.ts';
import { FieldOptions } from './field-options.tsx';
import type { DraftField } from './form-draft.ts';

export interface FieldCardProps {
  field: DraftField;
  /** Its place among the questions of its scope. */
  place: number;
  last: boolean;
  errors: Readonly<Record<string, string>>;
  /** True once orders may have answers under its id. */
  saved: boolean;
  opened: boolean;
  onToggle: () => void;
  onChange: (field: DraftField) => void;
  onLabel: (label: string) => void;
  onMove: (to: number) => void;
  onDuplicate: () => void;
  onRemove: () => void;
  /** The question that is dragged, by its key. */
  dragged: number | null;
  onDrag: (key: number | null) => void;
}

interface ToolProps {
  label: string;
  disabled?: boolean;
  onClick: () => void;
  children: React.ReactNode;
}

const Tool = ({ label, disabled = false, onClick, children }: ToolProps) => (
  <ActionIcon
    variant="subtle"
    color="gray"
    aria-label={label}
    disabled={disabled}
    onClick={onClick}
    {...(disabled ? { bg: 'transparent' } : {})}
  >
    {children}
  </ActionIcon>
);

const Tools = ({
  called,
  place,
  last,
  onMove,
  onDuplicate,
  onRemove,
}: FieldCardProps & { called: string }) => (
  <Group gap={0} wrap="nowrap">
    <Tool label={`Move ${called} up`} disabled={place === 0} onClick={() => onMove(place - 1)}>
      <IconArrowUp size={16} />
    </Tool>
    <Tool label={`Move ${called} down`} disabled={last} onClick={() => onMove(place + 1)}>
      <IconArrowDown size={16} />
    </Tool>
    <Tool label={`Duplicate ${called}`} onClick={onDuplicate}>
      <IconCopyPlus size={16} />
    </Tool>
    <Tool label={`Remove ${called}`} onClick={onRemove}>
      <IconTrash size={16} />
    </Tool>
  </Group>
);

const Details = ({ field, errors, saved, onChange, onLabel }: FieldCardProps) => (
  <Stack gap={12} p={12} pt={0}>
    <TextInput
      label="Question"
      required
      error={errors['label']}
      value={field.label}
      onChange={({ currentTarget: { value } }) => onLabel(value)}
    />
    <TextInput
      label="Help"
      description="Below the question, in small letters."
      error={errors['help']}
      value={field.help}
      onChange={({ currentTarget: { value } }) => onChange({ ...field, help: value })}
    />
    <FieldOptions field={field} errors={errors} onChange={onChange} />
    <Switch
      label="Has to be answered"
      checked={field.required}
      onChange={({ currentTarget: { checked } }) => onChange({ ...field, required: checked })}
    />
    <TextInput
      label="Name in manifests and exports"
      description={
        saved
          ? 'Orders have answers under this name: another one begins anew.'
          : 'Follows the question until the page is saved.'
      }
      spellCheck={false}
      error={errors['id']}
      value={field.id}
      onChange={({ currentTarget: { value } }) => onChange({ ...field, id: value })}
    />
  </Stack>
);

/** One question: a line that opens, with everything about it inside. Dragged by its handle, moved by its buttons. */
export const FieldCard = (props: FieldCardProps) => {
  const { field, place, errors, opened, onToggle, onMove, dragged, onDrag } = props;
  const [held, setHeld] = useState(false);
  const [over, setOver] = useState(false);
  const details = useId();
  const called = field.label.trim() === '' ? `the ${fieldKindWords[field.kind].toLowerCase()}` : field.label;
  const wrong = Object.keys(errors).length > 0;
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    onMove(place);
  };
  return (
    // Dragging is one way of two: the buttons up and down do the same by keyboard.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <li
      className="wl-field"
      data-over={(over && dragged !== field.key) || undefined}
      data-dragged={dragged === field.key || undefined}
      draggable={held}
      onDragStart={(event) => {
        event.dataTransfer.effectAllowed = 'move';
        onDrag(field.key);
      }}
      onDragEnd={() => {
        setHeld(false);
        onDrag(null);
      }}
      onDragOver={(event) => {
        if (dragged === null) return;
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <Group gap={4} wrap="nowrap" p={4}>
        <span
          className="wl-grip"
          aria-hidden="true"
          onPointerDown={() => setHeld(true)}
          onPointerUp={() => setHeld(false)}
        >
          <IconGripVertical size={16} />
        </span>
        <UnstyledButton
          className="wl-field-head"
          aria-expanded={opened}
          aria-controls={details}
          onClick={onToggle}
        >
          <IconChevronDown size={16} aria-hidden="true" data-opened={opened || undefined} />
          <Text component="span" fw={500} className="wl-clip">
            {field.label.trim() === '' ? 'Untitled question' : field.label}
            {field.required && <span aria-hidden="true"> *</span>}
          </Text>
          <Badge variant="outline" color="gray" size="sm" tt="none" fw={500} c="dimmed">
            {fieldKindWords[field.kind]}
          </Badge>
          {wrong && !opened && (
            <Text component="span" size="xs" c="var(--mantine-color-error)">
              needs a look
            </Text>
          )}
        </UnstyledButton>
        <Tools {...props} called={called} />
      </Group>
      <div id={details} hidden={!opened}>
        {opened && <Details {...props} />}
      </div>
    </li>
  );
};
