import type { ReactNode } from 'react';
import { words } from '../words.ts';

interface LabelledProps {
  /** Of the control. */
  id: string;
  label: string;
  required: boolean;
  help?: string;
  problem?: string | null;
  children: ReactNode;
}

/** Ids that a control names in `aria-describedby`. */
export const describedBy = (
  id: string,
  { help, problem }: { help?: string | undefined; problem?: string | null | undefined },
): string | undefined =>
  [help === undefined || help === '' ? '' : `${id}-help`, problem ? `${id}-problem` : '']
    .filter((part) => part !== '')
    .join(' ') || undefined;

/** Help below a control, and what is wrong with it. */
export const FieldNotes = ({ id, help, problem }: Pick<LabelledProps, 'id' | 'help' | 'problem'>) => (
  <>
    {help !== undefined && help !== '' && (
      <span className="field-help" id={`${id}-help`}>
        {help}
      </span>
    )}
    {problem && (
      <span className="field-problem" id={`${id}-problem`}>
        {problem}
      </span>
    )}
  </>
);

export const FieldLabel = ({ label, required }: Pick<LabelledProps, 'label' | 'required'>) => (
  <>
    {label}
    {!required && <span className="field-optional"> ({words.optional})</span>}
  </>
);

/** A control with its label above, and help and problem below. */
export const Labelled = ({ id, label, required, help, problem, children }: LabelledProps) => (
  <div className="field">
    <label htmlFor={id}>
      <FieldLabel label={label} required={required} />
    </label>
    {children}
    <FieldNotes
      id={id}
      {...(help === undefined ? {} : { help })}
      {...(problem === undefined ? {} : { problem })}
    />
  </div>
);
