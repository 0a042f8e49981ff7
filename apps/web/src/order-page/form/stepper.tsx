import type { FormField } from '@windlass/contract';
import { IconMinus, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { words } from '../words.ts';

type NumberField = FormField & { kind: 'number' };

interface StepperProps {
  id: string;
  field: NumberField;
  value: number | undefined;
  /** Several files that differ. */
  mixed?: boolean;
  onChange: (value: number | undefined) => void;
  invalid?: boolean;
  describedBy?: string | undefined;
  /** Where no visible label names the control. */
  label?: string;
}

/** One step further from a value, within the bounds; without one, where the field begins. Free of binary dust: 0.1 + 0.2 is 0.3. */
export const stepped = (field: NumberField, value: number | undefined, direction: 1 | -1): number => {
  const start = field.initial ?? field.min ?? 0;
  const next = value === undefined ? start : value + direction * field.step;
  const bounded = Math.min(field.max ?? Infinity, Math.max(field.min ?? -Infinity, next));
  return Number(bounded.toPrecision(12));
};

/** A number with a step down and a step up, large enough for a thumb. */
export const Stepper = ({ id, field, value, mixed = false, onChange, ...rest }: StepperProps) => {
  // What is being typed may be no number yet: `-`, `1.`
  const [typed, setTyped] = useState<string | null>(null);
  const step = (direction: 1 | -1) => {
    setTyped(null);
    onChange(stepped(field, value, direction));
  };
  return (
    <span className="stepper">
      <button
        type="button"
        aria-label={words.options.less(rest.label ?? field.label)}
        disabled={value !== undefined && field.min !== null && value <= field.min}
        onClick={() => step(-1)}
      >
        <IconMinus size={16} aria-hidden />
      </button>
      <input
        id={id}
        type="text"
        inputMode="decimal"
        autoComplete="off"
        role="spinbutton"
        aria-label={rest.label}
        aria-valuenow={value ?? 0}
        aria-valuetext={
          value === undefined ? (mixed ? words.options.mixed : words.options.none) : String(value)
        }
        aria-valuemin={field.min ?? undefined}
        aria-valuemax={field.max ?? undefined}
        aria-invalid={rest.invalid ?? false}
        aria-describedby={rest.describedBy}
        placeholder={mixed ? words.options.mixed : ''}
        value={typed ?? value ?? ''}
        onChange={(event) => {
          const text = event.currentTarget.value;
          setTyped(text);
          const number = Number(text.replace(',', '.'));
          onChange(text.trim() === '' || Number.isNaN(number) ? undefined : number);
        }}
        onBlur={() => setTyped(null)}
        onKeyDown={(event) => {
          if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return;
          event.preventDefault();
          step(event.key === 'ArrowUp' ? 1 : -1);
        }}
      />
      <button
        type="button"
        aria-label={words.options.more(rest.label ?? field.label)}
        disabled={value !== undefined && field.max !== null && value >= field.max}
        onClick={() => step(1)}
      >
        <IconPlus size={16} aria-hidden />
      </button>
    </span>
  );
};
