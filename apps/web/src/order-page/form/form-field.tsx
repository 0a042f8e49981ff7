import type { FormField } from '@windlass/contract';
import type { AnswerValue, SharedValue } from '../files/file-options.ts';
import { words } from '../words.ts';
import { answerProblem } from './answer-problem.ts';
import { ChoiceField } from './choice-field.tsx';
import { describedBy, Labelled } from './labelled.tsx';
import { Stepper } from './stepper.tsx';
import { TextField } from './text-field.tsx';

interface FormFieldViewProps {
  field: FormField;
  /** Of the control. */
  id: string;
  shared: SharedValue;
  onChange: (value: AnswerValue | undefined) => void;
  /** Whether what is wrong is shown before the field was left. */
  tried: boolean;
}

const typeOf = { text: 'text', email: 'email', date: 'date' } as const;

/** A question of the lab, of whichever kind; for the order, one file or several that may differ. */
export const FormFieldView = ({ field, id, shared, onChange, tried }: FormFieldViewProps) => {
  const value = shared.kind === 'same' ? shared.value : undefined;
  const problem = shared.kind === 'mixed' ? null : answerProblem(field, value);
  // A number or a choice is never half typed: what is wrong with it is said at once, but not that it is still empty.
  const shown = tried || value !== undefined ? problem : null;
  switch (field.kind) {
    case 'choice':
      return <ChoiceField id={id} field={field} shared={shared} onChange={onChange} problem={shown} />;
    case 'number':
      return (
        <Labelled
          id={id}
          label={field.unit === '' ? field.label : `${field.label}, ${field.unit}`}
          required={field.required}
          help={field.help}
          problem={shown}
        >
          <Stepper
            id={id}
            field={field}
            value={typeof value === 'number' ? value : undefined}
            mixed={shared.kind === 'mixed'}
            onChange={onChange}
            invalid={shown !== null}
            describedBy={describedBy(id, { help: field.help, problem: shown })}
          />
        </Labelled>
      );
    case 'text':
    case 'email':
    case 'date':
      return (
        <TextField
          id={id}
          label={field.label}
          required={field.required}
          help={field.help}
          type={typeOf[field.kind]}
          value={typeof value === 'string' ? value : ''}
          onChange={onChange}
          problem={problem}
          tried={tried}
          {...(shared.kind === 'mixed' ? { placeholder: words.options.mixed } : {})}
          {...(field.kind === 'text' ? { multiline: field.multiline, maxLength: field.maxLength } : {})}
          {...(field.kind === 'date' ? { min: field.min, max: field.max } : {})}
        />
      );
  }
};
