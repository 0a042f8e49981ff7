import {
  Collapse,
  PasswordInput,
  SegmentedControl,
  Stack,
  Switch,
  Text,
  Textarea,
  TextInput,
} from '@mantine/core';
import type { CredentialKind } from '@windlass/contract';
import { useState } from 'react';
import { asksForKey, type CredentialValues } from './credential-values.ts';

interface FieldsProps {
  values: CredentialValues;
  errors: Record<string, string>;
  onChange: (values: CredentialValues) => void;
}

const kindWords: Record<CredentialKind, { word: string; about: string }> = {
  accessKey: {
    word: 'Access key',
    about: 'A user’s key id and secret, stored sealed. Works everywhere; replace it from time to time.',
  },
  role: {
    word: 'Role',
    about: 'A role that is assumed for 15 minutes at a time, with the external ID of this connection.',
  },
  webIdentity: {
    word: 'Web identity',
    about: 'A role that trusts tokens of this server. No secret of yours is stored at all.',
  },
};

interface KindChoiceProps {
  kinds: readonly CredentialKind[];
  value: CredentialKind;
  onChange: (kind: CredentialKind) => void;
}

/** How the connection signs in: the ways that the provider knows. */
export const KindChoice = ({ kinds, value, onChange }: KindChoiceProps) => (
  <div>
    <SegmentedControl
      aria-label="Kind of credentials"
      data={kinds.map((kind) => ({ value: kind, label: kindWords[kind].word }))}
      value={value}
      onChange={onChange}
    />
    <Text size="xs" c="dimmed" mt={4}>
      {kindWords[value].about}
    </Text>
  </div>
);

interface KeyFieldsProps extends FieldsProps {
  /** What becomes of the secret. */
  about?: string;
}

/** An access key id, its secret and perhaps a session token. */
export const KeyFields = ({
  values,
  errors,
  onChange,
  about = 'Sealed when it is stored, and never shown again.',
}: KeyFieldsProps) => {
  const [temporary, setTemporary] = useState(values.sessionToken !== '');
  const set = (change: Partial<CredentialValues>) => onChange({ ...values, ...change });
  return (
    <>
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
        description={about}
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
    </>
  );
};

interface CredentialFieldsProps extends FieldsProps {
  /** False where this server has no identity of its own on the provider. */
  hasOwnIdentity: boolean;
}

/** Fields that can be written and never read: no password manager keeps them and no server sends them back. */
export const CredentialFields = ({ hasOwnIdentity, ...fields }: CredentialFieldsProps) => {
  const { values, errors, onChange } = fields;
  return (
    <Stack gap={16}>
      {values.kind !== 'accessKey' && (
        <TextInput
          label="Role ARN"
          placeholder="arn:aws:iam::111122223333:role/windlass"
          required
          autoComplete="off"
          spellCheck={false}
          error={errors['roleArn']}
          value={values.roleArn}
          onChange={(event) => onChange({ ...values, roleArn: event.currentTarget.value })}
        />
      )}
      {values.kind === 'role' && hasOwnIdentity && (
        <Switch
          label="This server’s own identity assumes the role"
          description="Else a key of a user that the role trusts does."
          checked={values.ownIdentity}
          onChange={(event) => onChange({ ...values, ownIdentity: event.currentTarget.checked })}
        />
      )}
      {asksForKey(values) && (
        <>
          {values.kind === 'role' && (
            <Text size="sm" c="dimmed">
              The key below may do one thing: assume this role.
            </Text>
          )}
          <KeyFields {...fields} />
        </>
      )}
    </Stack>
  );
};
