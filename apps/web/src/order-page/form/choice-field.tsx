import type { FormField } from '@windlass/contract';
import type { AnswerValue, SharedValue } from '../files/file-options.ts';
import { words } from '../words.ts';
import { describedBy, FieldLabel, FieldNotes, Labelled } from './labelled.tsx';

type Choice = FormField & { kind: 'choice' };

interface ChoiceFieldProps {
  id: string;
  field: Choice;
  shared: SharedValue;
  onChange: (value: AnswerValue | undefined) => void;
  problem: string | null;
}

/** One of some: the browser's own list, which phones show best. */
const One = ({ id, field, shared, onChange, problem }: ChoiceFieldProps) => {
  const value = shared.kind === 'same' && typeof shared.value === 'string' ? shared.value : '';
  const nothing =
    shared.kind === 'mixed'
      ? words.options.mixed
      : field.required
        ? words.options.choose
        : words.options.none;
  return (
    <Labelled id={id} label={field.label} required={field.required} help={field.help} problem={problem}>
      <select
        id={id}
        value={value}
        aria-required={field.required}
        aria-invalid={problem !== null}
        aria-describedby={describedBy(id, { help: field.help, problem })}
        onChange={(event) =>
          onChange(event.currentTarget.value === '' ? undefined : event.currentTarget.value)
        }
      >
        <option value="" disabled={field.required || shared.kind === 'mixed'}>
          {nothing}
        </option>
        {field.options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </Labelled>
  );
};

/** Several of some. */
const Several = ({ id, field, shared, onChange, problem }: ChoiceFieldProps) => {
  const chosen = shared.kind === 'same' && Array.isArray(shared.value) ? shared.value : [];
  return (
    <fieldset
      className="field"
      id={id}
      tabIndex={-1}
      aria-describedby={describedBy(id, { help: field.help, problem })}
    >
      <legend>
        <FieldLabel label={field.label} required={field.required} />
        {shared.kind === 'mixed' && ` (${words.options.mixed})`}
      </legend>
      {field.options.map((option) => (
        <label key={option.value} className="check">
          <input
            type="checkbox"
            checked={chosen.includes(option.value)}
            onChange={(event) =>
              onChange(
                // In the order of the form, whatever the order of the taps.
                field.options
                  .map(({ value }) => value)
                  .filter((value) =>
                    value === option.value ? event.currentTarget.checked : chosen.includes(value),
                  ),
              )
            }
          />
          {option.label}
        </label>
      ))}
      <FieldNotes id={id} help={field.help} problem={problem} />
    </fieldset>
  );
};

export const ChoiceField = (props: ChoiceFieldProps) =>
  props.field.multiple ? <Several {...props} /> : <One {...props} />;
