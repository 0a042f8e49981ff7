import { PasswordInput, TextInput } from '@mantine/core';
import type { FieldProps } from '../../lib/field-props.ts';

export interface NewAccount {
  email: string;
  name: string;
  password: string;
}

interface AccountFieldsProps {
  /** A form that has these fields; it may hold more, such as a token. */
  form: { getInputProps: (path: keyof NewAccount) => FieldProps };
  lockEmail?: boolean;
}

/** The fields of a new account, with what password managers need. */
export const AccountFields = ({ form, lockEmail = false }: AccountFieldsProps) => (
  <>
    <TextInput
      label="E-mail"
      type="email"
      autoComplete="username"
      required
      readOnly={lockEmail}
      {...(lockEmail ? { description: 'The invitation is for this address.' } : {})}
      {...form.getInputProps('email')}
    />
    <TextInput label="Your name" autoComplete="name" required {...form.getInputProps('name')} />
    <PasswordInput
      label="Password"
      description="At least 10 characters; a few words are good."
      autoComplete="new-password"
      required
      visibilityToggleButtonProps={{ 'aria-label': 'Show the password' }}
      {...form.getInputProps('password')}
    />
  </>
);
