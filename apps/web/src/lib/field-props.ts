import type { useForm } from '@mantine/form';

/** What `form.getInputProps` gives to an input. */
export type FieldProps = ReturnType<ReturnType<typeof useForm>['getInputProps']>;
