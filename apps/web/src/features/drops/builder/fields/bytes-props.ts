import type { DropForm, DropValues } from '../drop-values.ts';

/** Fields of the form that hold a size. */
type BytesField = {
  [Name in keyof DropValues]: number | null extends DropValues[Name] ? Name : never;
}[keyof DropValues];

/** What a size field needs of the form: `getInputProps` types nothing of what it hands out. */
export const bytesProps = (form: DropForm, name: BytesField) => {
  const error = form.errors[name];
  return {
    value: form.values[name],
    onChange: (bytes: number | null) => form.setFieldValue(name, bytes),
    ...(error === undefined || error === null ? {} : { error }),
  };
};
