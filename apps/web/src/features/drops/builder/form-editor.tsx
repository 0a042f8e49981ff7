import { Button, Group, Menu, Stack, Text, Title } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { formFieldKinds, maxFormFields, type FormFieldScope } from '@windlass/contract';
import { useState } from 'react';
import { fieldKindWords } from '../drop-words.ts';
import { fieldErrorsAt } from './drop-errors.ts';
import type { DropForm } from './drop-values.ts';
import { FieldCard } from './field-card.tsx';
import { relabelled, withAdded, withDuplicate, withMoved, type DraftField } from './form-draft.ts';

const scopeWords = {
  order: { title: 'Asked once for the order', none: 'Nothing but the name of the customer.' },
  file: {
    title: 'Asked for each file',
    none: 'Nothing. Size, finish and number of copies would stand here.',
  },
} as const satisfies Record<FormFieldScope, { title: string; none: string }>;

interface FormEditorProps {
  form: DropForm;
  /** Ids that orders may have answers under. */
  savedIds: readonly string[];
}

interface Removed {
  field: DraftField;
  index: number;
}

/** The questions of an order page, once an order and once a file. */
export const FormEditor = ({ form, savedIds }: FormEditorProps) => {
  const { fields } = form.values;
  const [opened, setOpened] = useState<number | null>(null);
  const [dragged, setDragged] = useState<number | null>(null);
  const [removed, setRemoved] = useState<Removed | null>(null);
  const set = (next: readonly DraftField[]) => form.setFieldValue('fields', [...next]);
  const add = (kind: (typeof formFieldKinds)[number], scope: FormFieldScope) => {
    const next = withAdded(fields, kind, scope);
    set(next);
    setOpened(next.at(-1)?.key ?? null);
  };
  const list = (scope: FormFieldScope) => {
    const siblings = fields.filter((field) => field.scope === scope);
    const draggedHere = siblings.some(({ key }) => key === dragged);
    return (
      <Stack gap={8} component="section" aria-label={scopeWords[scope].title}>
        <Title order={3}>{scopeWords[scope].title}</Title>
        {siblings.length === 0 && (
          <Text size="sm" c="dimmed">
            {scopeWords[scope].none}
          </Text>
        )}
        {siblings.length > 0 && (
          <ul className="wl-fields" aria-label={scopeWords[scope].title}>
            {siblings.map((field, place) => (
              <FieldCard
                key={field.key}
                field={field}
                place={place}
                last={place === siblings.length - 1}
                errors={fieldErrorsAt(form.errors, fields.indexOf(field))}
                saved={savedIds.includes(field.id)}
                opened={opened === field.key}
                onToggle={() => setOpened(opened === field.key ? null : field.key)}
                onChange={(next) => set(fields.map((one) => (one.key === next.key ? next : one)))}
                onLabel={(label) => set(relabelled(fields, field.key, label, savedIds))}
                onMove={(to) => set(withMoved(fields, draggedHere ? (dragged ?? field.key) : field.key, to))}
                onDuplicate={() => set(withDuplicate(fields, field.key))}
                onRemove={() => {
                  setRemoved({ field, index: fields.indexOf(field) });
                  set(fields.filter((one) => one !== field));
                }}
                dragged={draggedHere ? dragged : null}
                onDrag={setDragged}
              />
            ))}
          </ul>
        )}
        <Menu position="bottom-start">
          <Menu.Target>
            <Button
              variant="default"
              size="xs"
              w="fit-content"
              leftSection={<IconPlus size={14} />}
              disabled={fields.length >= maxFormFields}
              aria-label={`Add a question ${scope === 'order' ? 'for the order' : 'for each file'}`}
            >
              Add a question
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            {formFieldKinds.map((kind) => (
              <Menu.Item key={kind} onClick={() => add(kind, scope)}>
                {fieldKindWords[kind]}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      </Stack>
    );
  };
  return (
    <Stack gap={24}>
      {list('order')}
      {list('file')}
      <div role="status">
        {removed !== null && (
          <Group gap={8} className="wl-notice">
            <Text size="sm" flex={1}>
              {removed.field.label.trim() === '' ? 'The question' : `“${removed.field.label}”`} is removed.
              Orders that have an answer keep it.
            </Text>
            <Button
              variant="default"
              size="xs"
              onClick={() => {
                set(fields.toSpliced(removed.index, 0, removed.field));
                setRemoved(null);
              }}
            >
              Undo
            </Button>
          </Group>
        )}
      </div>
      {typeof form.errors['fields'] === 'string' && (
        <Text size="sm" c="var(--mantine-color-error)" role="alert">
          {form.errors['fields']}
        </Text>
      )}
    </Stack>
  );
};
