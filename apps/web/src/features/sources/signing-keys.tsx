import { Button, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { rotateSigningKeys, type Source } from '@windlass/contract';
import { call } from '../../lib/api.ts';
import { Confirm } from '../../ui/confirm-delete.tsx';
import { Section } from '../../ui/section.tsx';
import { Since } from '../../ui/since.tsx';
import { useTeam } from '../teams/current-team.tsx';
import { KeysOnce } from './keys-once.tsx';

interface SigningKeysProps {
  source: Source;
  mayWrite: boolean;
  /** Keys that were made by saving the settings just now. */
  fresh: { secureKey: string; secureSalt: string } | null;
}

/** The signing keys: their age, and new ones for a price that is named. */
export const SigningKeys = ({ source, mayWrite, fresh }: SigningKeysProps) => {
  const { teamId } = useTeam();
  const client = useQueryClient();
  const [opened, dialog] = useDisclosure(false);
  const rotate = useMutation({
    mutationFn: () => call(rotateSigningKeys, { params: { teamId, sourceId: source.id } }),
    onSuccess: async () => {
      dialog.close();
      await client.invalidateQueries({ queryKey: ['source', teamId, source.id] });
      await client.invalidateQueries({ queryKey: ['image-url', teamId, source.id] });
    },
  });
  const keys = rotate.data ?? fresh;
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
          {keys !== null && <KeysOnce keys={keys} />}
          <Text size="sm" c="dimmed" component="div">
            {source.signingKeySetAt === null ? (
              'None yet.'
            ) : (
              <>
                Made <Since time={source.signingKeySetAt} />. Stored, and never shown again.
              </>
            )}
          </Text>
        </Stack>
      </Section>
      <Confirm
        opened={opened}
        onClose={dialog.close}
        title="Make new signing keys"
        button="Make new keys"
        busy={rotate.isPending}
        error={rotate.error}
        onConfirm={() => rotate.mutate()}
      >
        Lost: every URL signed with the keys in use stops working at once. Have the new keys ready to go where
        your pages are made.
      </Confirm>
    </div>
  );
};
