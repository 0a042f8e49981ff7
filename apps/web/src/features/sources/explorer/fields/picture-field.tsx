import { encodePath } from '../../../../lib/image-url.ts';
import { PathInput } from '../../path-input.tsx';
import type { SourceFieldProps } from './field.ts';

/** A picture by its path on this source, typed or chosen, or by the URL of one on another source. */
export const PictureField = (props: SourceFieldProps) => {
  const { name, label, description, placeholder, text, error, onChange, source } = props;
  return (
    <PathInput
      what={name}
      source={source}
      size="xs"
      label={label}
      description={description}
      placeholder={placeholder}
      error={error}
      value={text}
      onChange={(value) => onChange(value === '' ? undefined : value)}
      // The value is the target of a request: a question mark in a key would begin its parameters.
      onChoose={(path) => onChange(/[%?#]/.test(path) ? encodePath(path) : path)}
    />
  );
};
