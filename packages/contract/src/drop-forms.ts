import { z } from 'zod';
import { storableText } from './connections.ts';
import { timestamp } from './lists.ts';

/** Kinds of questions that an order page can ask. */
export const formFieldKinds = ['text', 'choice', 'number', 'date', 'email'] as const;
export type FormFieldKind = (typeof formFieldKinds)[number];

/** Asked once for the order, or for every file (size, quantity, finish). */
export const formFieldScopes = ['order', 'file'] as const;
export type FormFieldScope = (typeof formFieldScopes)[number];

const label = storableText.trim().min(1).max(120);

const shared = {
  /** Names the answer in manifests and exports; never changes with the label. */
  id: z.string().regex(/^[a-z][a-z0-9_]{0,39}$/, 'takes a lower-case letter, then letters, digits and _'),
  label,
  help: storableText.trim().max(300).default(''),
  scope: z.enum(formFieldScopes).default('order'),
  required: z.boolean().default(false),
};
const day = z.iso.date();

export const formField = z.discriminatedUnion('kind', [
  z.object({
    ...shared,
    kind: z.literal('text'),
    multiline: z.boolean().default(false),
    maxLength: z.int().min(1).max(5000).default(500),
  }),
  z.object({
    ...shared,
    kind: z.literal('choice'),
    options: z
      .array(z.object({ value: shared.id.or(z.string().regex(/^[A-Za-z0-9][\w .×x/+-]{0,39}$/)), label }))
      .min(1)
      .max(60),
    multiple: z.boolean().default(false),
  }),
  z.object({
    ...shared,
    kind: z.literal('number'),
    min: z.number().nullable().default(null),
    max: z.number().nullable().default(null),
    step: z.number().positive().default(1),
    /** Shown behind it: `copies`, `cm`. */
    unit: storableText.trim().max(20).default(''),
    /** What the page starts with. */
    initial: z.number().nullable().default(null),
  }),
  z.object({
    ...shared,
    kind: z.literal('date'),
    min: day.nullable().default(null),
    max: day.nullable().default(null),
  }),
  z.object({ ...shared, kind: z.literal('email') }),
]);
export type FormField = z.output<typeof formField>;

/** Most questions of one form. */
export const maxFormFields = 40;

export const formFields = z
  .array(formField)
  .max(maxFormFields)
  .refine((fields) => new Set(fields.map(({ id }) => id)).size === fields.length, 'has two fields of one id');

/** Forms never change: an edit makes the next version, and an order keeps the one it was filled in with. */
export const formVersion = z
  .object({ version: z.int().meta({ example: 3 }), fields: formFields, createdAt: timestamp })
  .meta({ id: 'FormVersion' });
export type FormVersion = z.output<typeof formVersion>;

/** By field id. What the form does not know is refused; a draft may leave out what is required. */
export const answers = z.record(
  z.string().max(40),
  z.union([storableText.max(5000), z.number(), z.array(storableText.max(120)).max(60)]),
);
export type Answers = z.infer<typeof answers>;

/**
 * Answers as they are sent. They are counted before any of them is looked at: one to each of 300,000 questions would keep a
 * server busy for seconds.
 */
export const givenAnswers = z.preprocess((given: Answers, context) => {
  // Whatever JSON can be may have been sent.
  if (Object.keys(Object(given)).length <= maxFormFields) return given;
  context.addIssue({ code: 'custom', message: `has more than ${maxFormFields} answers` });
  return z.NEVER;
}, answers);
