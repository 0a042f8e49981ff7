import { Button, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import type { Source } from '@windlass/contract';
import { useState } from 'react';
import { Section } from '../../../ui/section.tsx';
import { Since } from '../../../ui/since.tsx';
import { KeysOnce } from './keys-once.tsx';
import type { KeyPair } from './own-keys.tsx';
import { PreviousKeys } from './previous-keys.tsx';
import { RotateKeys } from './rotate-keys.tsx';

interface SigningKeysProps {
  source: Source;
  mayWrite: boolean;
  /** Keys that were made just now. */
  fresh: KeyPair | null;
  onKeys: (keys: KeyPair | null) => void;
}

/** The signing keys: their age, new ones, and the ones before while they still work. */
export const SigningKeys = ({ source, mayWrite, fresh, onKeys }: SigningKeysProps) => {
  const [opened, dialog] = useDisclosure(false);
  const [now] = useState(Date.now);
  const until = source.previousSigningKeyUntil;
  return (
    <div className="wl-card">
      <Section
        title="Signing keys"
        actions={
          mayWrite && (
            <Button size="xs" variant="default" onClick={dialog.open}>
              Make new keys
            </Button>
          )
        }
      >
        <Stack gap={12}>
          {fresh !== null && <KeysOnce keys={fresh} />}
          <Text size="sm" c="dimmed" component="div">
            {source.signingKeySetAt === null ? (
              'None yet.'
            ) : (
              <>
                Set <Since time={source.signingKeySetAt} />. Stored, and never shown again.
                {!source.secured && ' Not in use: the source serves unsigned URLs.'}
              </>
            )}
          </Text>
          {until !== null && Date.parse(until) > now && (
            <PreviousKeys source={source} until={until} mayWrite={mayWrite} />
          )}
        </Stack>
      </Section>
      {opened && <RotateKeys source={source} onClose={dialog.close} onKeys={onKeys} />}
    </div>
  );
};
