import { Group, Input, NumberInput, Slider } from '@mantine/core';
import type { ControlOf, FieldProps } from './field.ts';

/** A slider is of use where its steps can be hit with a finger. */
const mostSteps = 1000;

interface NumberFieldProps extends FieldProps {
  control: ControlOf<'number'>;
}

/** A number with its unit; a slider beside it where the range is short enough. */
export const NumberField = (props: NumberFieldProps) => {
  const { name, label, description, placeholder, text, error, onChange, control } = props;
  const { min, max, step, unit } = control;
  const value = text === '' || !Number.isFinite(Number(text)) ? text : Number(text);
  const input = (
    <NumberInput
      aria-label={name}
      size="xs"
      suffix={unit === undefined ? '' : ` ${unit}`}
      placeholder={placeholder}
      title={placeholder}
      min={min}
      max={max}
      step={step}
      clampBehavior="none"
      decimalScale={step === 1 && unit !== '°' && unit !== '%' ? 0 : 4}
      error={error !== undefined}
      value={value}
      onChange={(next) => onChange(next === '' ? undefined : String(next))}
    />
  );
  // Where a slider rests while nothing is set: the number that the words for it begin with. Without one there is none.
  const rest = /^-?\d+(\.\d+)?/.exec(placeholder)?.[0];
  const slides = (max - min) / step <= mostSteps && rest !== undefined;
  return (
    <Input.Wrapper label={label} labelElement="div" description={description} error={error} size="xs">
      {slides ? (
        <Group gap={12} wrap="nowrap" mt={4}>
          <Slider
            flex={1}
            miw={0}
            size="sm"
            min={min}
            max={max}
            step={step}
            label={null}
            thumbLabel={`${name}, slider`}
            data-unset={text === '' || undefined}
            value={typeof value === 'number' ? value : Number(rest)}
            onChange={(next) => onChange(String(next))}
          />
          <div style={{ flex: '0 0 104px' }}>{input}</div>
        </Group>
      ) : (
        <div style={{ marginBlock: 4 }}>{input}</div>
      )}
    </Input.Wrapper>
  );
};
