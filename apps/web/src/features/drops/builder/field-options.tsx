import { Group, NumberInput, Switch, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { optionsFromLines, type DraftField } from './form-draft.ts';

interface FieldOptionsProps {
  field: DraftField;
  errors: Readonly<Record<string, string>>;
  onChange: (field: DraftField) => void;
}

type Of<K extends DraftField['kind']> = FieldOptionsProps & { field: Extract<DraftField, { kind: K }> };

const orNull = (value: number | string): number | null => (typeof value === 'number' ? value : null);

const ChoiceOptions = ({ field, errors, onChange }: Of<'choice'>) => {
  // The text keeps what is being typed, an empty last line too; the options follow it.
  const [text, setText] = useState(() => field.options.map(({ label }) => label).join('\n'));
  return (
    <>
      <Textarea
        label="Options, one a line"
        autosize
        minRows={3}
        maxRows={12}
        required
        placeholder={'10 × 15 cm\n13 × 18 cm'}
        error={errors['options']}
        value={text}
        onChange={({ currentTarget: { value } }) => {
          setText(value);
          onChange({ ...field, options: optionsFromLines(value, field.options) });
        }}
      />
      <Switch
        label="More than one may be chosen"
        checked={field.multiple}
        onChange={({ currentTarget: { checked } }) => onChange({ ...field, multiple: checked })}
      />
    </>
  );
};

const NumberOptions = ({ field, errors, onChange }: Of<'number'>) => (
  <Group gap={12} grow preventGrowOverflow={false} align="flex-start">
    <NumberInput
      label="Least"
      miw={88}
      error={errors['min']}
      value={field.min ?? ''}
      onChange={(value) => onChange({ ...field, min: orNull(value) })}
    />
    <NumberInput
      label="Most"
      miw={88}
      error={errors['max']}
      value={field.max ?? ''}
      onChange={(value) => onChange({ ...field, max: orNull(value) })}
    />
    <NumberInput
      label="Begins with"
      miw={88}
      error={errors['initial']}
      value={field.initial ?? ''}
      onChange={(value) => onChange({ ...field, initial: orNull(value) })}
    />
    <NumberInput
      label="Step"
      miw={88}
      min={0}
      error={errors['step']}
      value={field.step}
      onChange={(value) => onChange({ ...field, step: orNull(value) ?? 1 })}
    />
    <TextInput
      label="Unit"
      miw={88}
      placeholder="copies"
      error={errors['unit']}
      value={field.unit}
      onChange={({ currentTarget: { value } }) => onChange({ ...field, unit: value })}
    />
  </Group>
);

const TextOptions = ({ field, errors, onChange }: Of<'text'>) => (
  <Group gap={16} align="flex-end">
    <NumberInput
      label="Most characters"
      w={160}
      min={1}
      max={5000}
      error={errors['maxLength']}
      value={field.maxLength}
      onChange={(value) => onChange({ ...field, maxLength: orNull(value) ?? 500 })}
    />
    <Switch
      label="Several lines"
      mb={8}
      checked={field.multiline}
      onChange={({ currentTarget: { checked } }) => onChange({ ...field, multiline: checked })}
    />
  </Group>
);

const DateOptions = ({ field, errors, onChange }: Of<'date'>) => (
  <Group gap={12} grow align="flex-start">
    <TextInput
      type="date"
      label="Not before"
      error={errors['min']}
      value={field.min ?? ''}
      onChange={({ currentTarget: { value } }) => onChange({ ...field, min: value === '' ? null : value })}
    />
    <TextInput
      type="date"
      label="Not after"
      error={errors['max']}
      value={field.max ?? ''}
      onChange={({ currentTarget: { value } }) => onChange({ ...field, max: value === '' ? null : value })}
    />
  </Group>
);

/** What only this kind of question has. */
export const FieldOptions = ({ field, ...rest }: FieldOptionsProps) => {
  switch (field.kind) {
    case 'choice':
      return <ChoiceOptions field={field} {...rest} />;
    case 'number':
      return <NumberOptions field={field} {...rest} />;
    case 'text':
      return <TextOptions field={field} {...rest} />;
    case 'date':
      return <DateOptions field={field} {...rest} />;
    case 'email':
      return null;
  }
};
