import type { Answers, FormField } from '@windlass/contract';

type Answer = Answers[string];

/** An answer as people read it: options by their labels, numbers with their unit. Empty where there is none. */
export const answerText = (field: FormField, answer: Answer | undefined): string => {
  if (answer === undefined) return '';
  const texts = (Array.isArray(answer) ? answer : [answer]).map(String);
  switch (field.kind) {
    case 'choice':
      return texts.map((text) => field.options.find(({ value }) => value === text)?.label ?? text).join(', ');
    case 'number':
      return `${texts.join(', ')} ${field.unit}`.trim();
    case 'text':
    case 'date':
    case 'email':
      return texts.join(', ');
  }
};

/** An answer that stands without its question: a bare number says what it counts. */
export const shortAnswer = (field: FormField, answer: Answer | undefined): string => {
  const text = answerText(field, answer);
  return field.kind === 'number' && text !== '' ? `${field.label}: ${text}` : text;
};

interface Said {
  id: string;
  label: string;
  text: string;
}

/** Every answer in the order of the form; one to a question that the form does not have comes last, by its id. */
export const answersSaid = (fields: readonly FormField[], answers: Answers): Said[] => {
  const known = fields.map((field) => ({
    id: field.id,
    label: field.label,
    text: answerText(field, answers[field.id]),
  }));
  const others = Object.entries(answers)
    .filter(([id]) => fields.every((field) => field.id !== id))
    .map(([id, answer]) => ({ id, label: id, text: (Array.isArray(answer) ? answer : [answer]).join(', ') }));
  return [...known, ...others].filter(({ text }) => text !== '');
};
