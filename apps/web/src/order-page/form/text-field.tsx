import { useState, type HTMLAttributes, type HTMLInputAutoCompleteAttribute } from 'react';
import { describedBy, Labelled } from './labelled.tsx';

interface TextFieldProps {
  id: string;
  label: string;
  required: boolean;
  value: string;
  onChange: (value: string) => void;
  help?: string;
  /** Shown once the field was left, or at once with `tried`. */
  problem: string | null;
  tried: boolean;
  type?: 'text' | 'email' | 'tel' | 'date' | 'password';
  autoComplete?: HTMLInputAutoCompleteAttribute;
  inputMode?: HTMLAttributes<HTMLInputElement>['inputMode'];
  maxLength?: number;
  min?: string | null;
  max?: string | null;
  multiline?: boolean;
  placeholder?: string;
}

/** A line or some lines of text. Nobody is told that a field is wrong while still typing in it for the first time. */
export const TextField = (props: TextFieldProps) => {
  const { id, label, required, value, onChange, help, type = 'text', multiline = false } = props;
  const [left, setLeft] = useState(false);
  const problem = props.tried || (left && value !== '') ? props.problem : null;
  const shared = {
    id,
    value,
    placeholder: props.placeholder,
    autoComplete: props.autoComplete ?? 'off',
    maxLength: props.maxLength,
    'aria-required': required,
    'aria-invalid': problem !== null,
    'aria-describedby': describedBy(id, { help, problem }),
    onBlur: () => setLeft(true),
  };
  return (
    <Labelled
      id={id}
      label={label}
      required={required}
      problem={problem}
      {...(help === undefined ? {} : { help })}
    >
      {multiline ? (
        <textarea {...shared} rows={3} onChange={(event) => onChange(event.currentTarget.value)} />
      ) : (
        <input
          {...shared}
          type={type}
          inputMode={props.inputMode}
          min={props.min ?? undefined}
          max={props.max ?? undefined}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      )}
    </Labelled>
  );
};
