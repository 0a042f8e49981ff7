import type { Answers, FormField, FormFieldScope } from '@windlass/contract';

const shown = (field: FormField, answer: Answers[string]): string => {
  switch (field.kind) {
    case 'choice': {
      const label = (value: string): string =>
        field.options.find((option) => option.value === value)?.label ?? value;
      return [answer]
        .flat()
        .map((value) => label(String(value)))
        .join(', ');
    }
    case 'number':
      return field.unit === '' ? String(answer) : `${String(answer)} ${field.unit}`;
    case 'text':
    case 'date':
    case 'email':
      return String(answer);
  }
};

/** Answers under the names that people know: labels of questions and of choices, in the order of the form. */
export const showAnswers = (
  fields: readonly FormField[],
  scope: FormFieldScope,
  answers: Answers,
): [name: string, value: string][] =>
  fields.flatMap((field) => {
    const answer = answers[field.id];
    return field.scope !== scope || answer === undefined ? [] : [[field.label, shown(field, answer)]];
  });
