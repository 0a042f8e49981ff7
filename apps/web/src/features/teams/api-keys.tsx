import { Button, Modal, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconPlus } from '@tabler/icons-react';
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { revokeApiKey, type ApiKey } from '@windlass/contract';
import { useState } from 'react';
import { call } from '../../lib/api.ts';
import { Confirm } from '../../ui/confirm-delete.tsx';
import { ListView } from '../../ui/list-view.tsx';
import { Section } from '../../ui/section.tsx';
import { Since } from '../../ui/since.tsx';
import { toastDone } from '../../ui/toast.ts';
import { useTeam } from './current-team.tsx';
import { NewApiKey } from './new-api-key.tsx';
import { apiKeysQuery } from './queries.ts';

const Row = ({ apiKey, onRevoke }: { apiKey: ApiKey; onRevoke: (apiKey: ApiKey) => void }) => (
  <li className="wl-row" style={{ gridTemplateColumns: 'minmax(0, 1fr) minmax(0, 1fr) 152px 96px' }}>
    <div>
      <Text fw={500} lineClamp={2} title={apiKey.name}>
        {apiKey.name}
      </Text>
      <Text size="xs" c="dimmed" component="div">
        <span className="wl-mono">…{apiKey.hint}</span> by {apiKey.createdBy},{' '}
        <Since time={apiKey.createdAt} />
      </Text>
    </div>
    <Text size="sm">{apiKey.scopes.join(', ')}</Text>
    <Text size="xs" c="dimmed" component="div">
      <div>
        {apiKey.lastUsedAt === null ? (
          'never used'
        ) : (
          <>
            used <Since time={apiKey.lastUsedAt} />
          </>
        )}
      </div>
      <div>
        {apiKey.expiresAt === null ? (
          'does not end'
        ) : (
          <>
            ends <Since time={apiKey.expiresAt} />
          </>
        )}
      </div>
    </Text>
    <div className="wl-row-end">
      <Button
        size="xs"
        variant="default"
        aria-label={`Revoke ${apiKey.name}`}
        onClick={() => onRevoke(apiKey)}
      >
        Revoke
      </Button>
    </div>
  </li>
);

/** Keys of programs: scopes, last use, revoke; a new one is shown once. */
export const ApiKeys = () => {
  const { teamId } = useTeam();
  const client = useQueryClient();
  const query = useInfiniteQuery(apiKeysQuery(teamId));
  const [opened, dialog] = useDisclosure(false);
  const [revoking, setRevoking] = useState<ApiKey | null>(null);
  const revoke = useMutation({
    mutationFn: ({ id }: ApiKey) => call(revokeApiKey, { params: { teamId, apiKeyId: id } }),
    onSuccess: (_, { name }) => {
      toastDone(`The API key ${name} is revoked.`);
      setRevoking(null);
      return client.invalidateQueries({ queryKey: ['api-keys', teamId] });
    },
  });
  return (
    <Section
      title="API keys"
      about="For programs: the command line, your build."
      actions={
        <Button variant="default" leftSection={<IconPlus size={16} />} onClick={dialog.open}>
          New API key
        </Button>
      }
    >
      <ListView what="API keys" query={query} empty={<Text c="dimmed">No API key.</Text>}>
        {(apiKeys) => (
          <ul className="wl-rows" aria-label="API keys">
            {apiKeys.map((apiKey) => (
              <Row key={apiKey.id} apiKey={apiKey} onRevoke={setRevoking} />
            ))}
          </ul>
        )}
      </ListView>
      <Modal opened={opened} onClose={dialog.close} title="New API key">
        <NewApiKey onClose={dialog.close} />
      </Modal>
      <Confirm
        opened={revoking !== null}
        onClose={() => {
          setRevoking(null);
          revoke.reset();
        }}
        title="Revoke an API key"
        button="Revoke"
        busy={revoke.isPending}
        error={revoke.error}
        onConfirm={() => revoking !== null && revoke.mutate(revoking)}
      >
        Lost: programs that use <strong>{revoking?.name}</strong> (…{revoking?.hint}) are refused at once. A
        revoked key cannot come back.
      </Confirm>
    </Section>
  );
};
