import { Collapse, PasswordInput, Stack, Switch, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { CredentialValues } from './credential-values.ts';

interface CredentialFieldsProps {
  values: CredentialValues;
  errors: Record<string, string>;
  onChange: (values: CredentialValues) => void;
}

/** Fields that can be written and never read: no password manager keeps them and no server sends them back. */
export const CredentialFields = ({ values, errors, onChange }: CredentialFieldsProps) => {
  const [temporary, setTemporary] = useState(values.sessionToken !== '');
  const set = (change: Partial<CredentialValues>) => onChange({ ...values, ...change });
  return (
    <Stack gap={16}>
      <TextInput
        label="Access key id"
        required
        autoComplete="off"
        spellCheck={false}
        error={errors['accessKeyId']}
        value={values.accessKeyId}
        onChange={(event) => set({ accessKeyId: event.currentTarget.value })}
      />
      <PasswordInput
        label="Secret access key"
        description="Sealed when it is stored, and never shown again."
        required
        // new-password: browsers then offer no stored password of this site.
        autoComplete="new-password"
        visibilityToggleButtonProps={{ 'aria-label': 'Show the secret' }}
        error={errors['secretAccessKey']}
        value={values.secretAccessKey}
        onChange={(event) => set({ secretAccessKey: event.currentTarget.value })}
      />
      <Switch
        label="These are temporary credentials"
        checked={temporary}
        onChange={(event) => {
          setTemporary(event.currentTarget.checked);
          set({ sessionToken: '' });
        }}
      />
      <Collapse expanded={temporary}>
        <Textarea
          label="Session token"
          autosize
          minRows={2}
          maxRows={6}
          autoComplete="off"
          spellCheck={false}
          error={errors['sessionToken']}
          value={values.sessionToken}
          onChange={(event) => set({ sessionToken: event.currentTarget.value })}
        />
      </Collapse>
    </Stack>
  );
};
