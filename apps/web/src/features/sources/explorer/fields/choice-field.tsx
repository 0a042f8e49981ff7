import { Select } from '@mantine/core';
import type { ControlOf, FieldProps } from './field.ts';

interface ChoiceFieldProps extends FieldProps {
  control: ControlOf<'choice'>;
}

/** One word of a closed set. */
export const ChoiceField = (props: ChoiceFieldProps) => {
  const { name, label, description, placeholder, text, error, onChange, control } = props;
  const known = control.choices.find((choice) => choice === text.toLowerCase());
  // A spelling that the server takes and the set does not list is shown as it is.
  const data = text === '' || known !== undefined ? control.choices : [...control.choices, text];
  return (
    <Select
      size="xs"
      label={label}
      description={description}
      placeholder={placeholder}
      clearable
      clearButtonProps={{ 'aria-label': `Leave ${name} out` }}
      data={[...data]}
      error={error}
      value={text === '' ? null : (known ?? text)}
      onChange={(value) => onChange(value ?? undefined)}
    />
  );
};
