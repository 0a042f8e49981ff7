import { ColorInput } from '@mantine/core';
import { colorInputText, colorUrlText } from './color-text.ts';
import type { FieldProps } from './field.ts';

const swatches = ['#ffffff', '#000000', '#0c6b6a', '#8d4e0a', '#e1e6e6', '#2f383880'];

/** A colour with its alpha: picked, or typed in any spelling that a URL takes. */
export const ColorField = (props: FieldProps) => {
  const { name, label, description, placeholder, text, error, onChange } = props;
  return (
    <ColorInput
      size="xs"
      label={label}
      description={description}
      placeholder={placeholder}
      format="hexa"
      fixOnBlur={false}
      swatches={swatches}
      eyeDropperButtonProps={{ 'aria-label': `Pick ${name} from the screen`, size: 24 }}
      error={error}
      value={colorInputText(text)}
      onChange={(value) => onChange(value === '' ? undefined : colorUrlText(value))}
    />
  );
};
