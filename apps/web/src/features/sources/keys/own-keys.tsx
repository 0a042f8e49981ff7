import { PasswordInput, Stack, Text } from '@mantine/core';
import { Fold } from '../../../ui/fold.tsx';

export interface KeyPair {
  secureKey: string;
  secureSalt: string;
}

const fields = [
  { name: 'secureKey', label: 'Secure key' },
  { name: 'secureSalt', label: 'Secure salt' },
] as const satisfies readonly { name: keyof KeyPair; label: string }[];

interface OwnKeysProps {
  pair: KeyPair;
  onChange: (pair: KeyPair) => void;
}

/** A pair that signs already, of imglab or of another server: what it has signed is then served here. */
export const OwnKeys = ({ pair, onChange }: OwnKeysProps) => (
  <Fold label="Use keys that you have">
    <Stack gap={12} mt={8}>
      <Text size="sm" c="dimmed">
        URLs that they have signed elsewhere then work here. In base64, as imglab shows them. Sealed when they
        are stored, and never shown again.
      </Text>
      {fields.map(({ name, label }) => (
        <PasswordInput
          key={name}
          label={label}
          // new-password: browsers then offer no stored password of this site.
          autoComplete="new-password"
          visibilityToggleButtonProps={{ 'aria-label': `Show the ${label.toLowerCase()}` }}
          value={pair[name]}
          onChange={(event) => onChange({ ...pair, [name]: event.currentTarget.value })}
        />
      ))}
    </Stack>
  </Fold>
);
