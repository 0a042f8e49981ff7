import { TextInput } from '@mantine/core';
import { fromLocalTime, toLocalTime } from '../../../../lib/local-time.ts';
import type { FieldProps } from './field.ts';

/** A moment, chosen in the reader's own time zone and written as UNIX seconds. */
export const TimeField = ({ label, description, text, error, onChange }: FieldProps) => (
  <TextInput
    size="xs"
    type="datetime-local"
    label={label}
    description={description}
    error={error}
    value={toLocalTime(text)}
    onChange={({ currentTarget: { value } }) => onChange(fromLocalTime(value))}
  />
);
