import { Switch } from '@mantine/core';
import type { FieldProps } from './field.ts';

const isOn = (text: string): boolean => /^(true|1)$/i.test(text);

/** On or off. Back at what counts anyway, the parameter is left out. */
export const SwitchField = ({ label, description, placeholder, text, error, onChange }: FieldProps) => {
  const usual = placeholder.startsWith('true');
  return (
    <Switch
      size="xs"
      label={label}
      description={description}
      error={error}
      checked={text === '' ? usual : isOn(text)}
      onChange={({ currentTarget: { checked } }) => onChange(checked === usual ? undefined : String(checked))}
    />
  );
};
