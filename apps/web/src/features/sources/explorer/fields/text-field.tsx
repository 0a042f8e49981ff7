import { Stack, Switch, Textarea, TextInput } from '@mantine/core';
import type { ControlOf, FieldProps } from './field.ts';

interface TextFieldProps extends FieldProps {
  control: ControlOf<'text'>;
}

/** A value with a grammar of its own. */
export const TextField = (props: TextFieldProps) => {
  const { label, description, placeholder, text, error, onChange, control } = props;
  const shared = {
    size: 'xs' as const,
    label,
    description,
    error,
    spellCheck: false,
    placeholder: `e.g. ${control.placeholder}`,
    title: placeholder,
    value: text,
  };
  const take = (value: string) => onChange(value === '' ? undefined : value);
  if (control.lines === undefined)
    return <TextInput {...shared} onChange={({ currentTarget }) => take(currentTarget.value)} />;
  return (
    <Textarea
      {...shared}
      autosize
      minRows={control.lines}
      onChange={({ currentTarget }) => take(currentTarget.value)}
    />
  );
};

/** A value that means something when it is empty too: a switch, and the text beside it. */
export const OptionalTextField = (props: TextFieldProps & { given: boolean }) => {
  const { name, label, description, text, error, onChange, control, given } = props;
  return (
    <Stack gap={8}>
      <Switch
        size="xs"
        label={label}
        description={description}
        checked={given}
        onChange={({ currentTarget: { checked } }) => onChange(checked ? '' : undefined)}
      />
      {given && (
        <TextInput
          size="xs"
          aria-label={`${name}, value`}
          spellCheck={false}
          placeholder={`e.g. ${control.placeholder}`}
          error={error}
          value={text}
          onChange={({ currentTarget: { value } }) => onChange(value)}
        />
      )}
    </Stack>
  );
};
