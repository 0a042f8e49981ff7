import { Radio, Stack, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { rotateSigningKeys, type Source } from '@windlass/contract';
import { useState } from 'react';
import { call } from '../../../lib/api.ts';
import { Confirm } from '../../../ui/confirm-delete.tsx';
import { useTeam } from '../../teams/current-team.tsx';
import { overlapChoices } from './overlap-choices.ts';
import { OwnKeys, type KeyPair } from './own-keys.tsx';

interface RotateKeysProps {
  source: Source;
  onClose: () => void;
  /** Null: the keys that were shown before are not the ones in use any more. */
  onKeys: (keys: KeyPair | null) => void;
}

const noPair: KeyPair = { secureKey: '', secureSalt: '' };

/** New keys, made here or brought along, and how long URLs signed with the old ones still work. */
export const RotateKeys = ({ source, onClose, onKeys }: RotateKeysProps) => {
  const { teamId } = useTeam();
  const client = useQueryClient();
  const first = source.signingKeySetAt === null;
  const [overlap, setOverlap] = useState('86400');
  const [pair, setPair] = useState(noPair);
  const own = Object.values(pair).some((half) => half !== '');
  const rotate = useMutation({
    mutationFn: () =>
      call(rotateSigningKeys, {
        params: { teamId, sourceId: source.id },
        body: { overlapSeconds: first ? 0 : Number(overlap), ...(own ? pair : {}) },
      }),
    onSuccess: async ({ secureKey, secureSalt }) => {
      onKeys(secureKey === null || secureSalt === null ? null : { secureKey, secureSalt });
      onClose();
      await client.invalidateQueries({ queryKey: ['source', teamId, source.id] });
      await client.invalidateQueries({ queryKey: ['image-url', teamId, source.id] });
    },
  });
  const chosen = overlapChoices.find(({ seconds }) => String(seconds) === overlap);
  return (
    <Confirm
      opened
      onClose={onClose}
      title="Make new signing keys"
      button={own ? 'Use these keys' : 'Make new keys'}
      busy={rotate.isPending}
      error={rotate.error}
      onConfirm={() => rotate.mutate()}
    >
      <Stack gap={16}>
        {first ? (
          'New ones are shown once. Have the place ready where your pages are made.'
        ) : (
          <>
            <Radio.Group label="URLs signed with the keys in use" value={overlap} onChange={setOverlap}>
              <Stack gap={8} mt={8}>
                {overlapChoices.map(({ seconds, words }) => (
                  <Radio key={seconds} value={String(seconds)} label={words} />
                ))}
              </Stack>
            </Radio.Group>
            <Text size="sm">{chosen?.lost}</Text>
            {source.previousSigningKeyUntil !== null && (
              <Text size="sm">
                Keys of the rotation before that still work: they end now, whatever is chosen here.
              </Text>
            )}
          </>
        )}
        <OwnKeys pair={pair} onChange={setPair} />
      </Stack>
    </Confirm>
  );
};
