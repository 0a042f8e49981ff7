import { Button, Group, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { deleteEmbeddedKey, updateEmbeddedKey, type EmbeddedKey } from '@windlass/contract';
import { call } from '../../lib/api.ts';
import { Confirm } from '../../ui/confirm-delete.tsx';
import { Since } from '../../ui/since.tsx';
import { useAccountChange } from './queries.ts';

interface KeyLineProps {
  teamId: string;
  userName: string;
  keyFacts: EmbeddedKey;
  mayChange: boolean;
}

/** A key: its id, age and last use; the secret is known to whoever made it alone. */
export const KeyLine = ({ teamId, userName, keyFacts, mayChange }: KeyLineProps) => {
  const { accessKeyId, active, createdAt, lastUsedAt } = keyFacts;
  const params = { teamId, userName, accessKeyId };
  const toggle = useAccountChange(teamId, (on: boolean) =>
    call(updateEmbeddedKey, { params, body: { active: on } }),
  );
  const [doomed, question] = useDisclosure(false);
  const remove = useAccountChange(teamId, () => call(deleteEmbeddedKey, { params }), question.close);
  return (
    <Group gap={8}>
      <Text size="sm" component="div">
        <span className="wl-mono">{accessKeyId}</span>
        <Text span size="xs" c="dimmed">
          {!active && ', inactive'}
          {createdAt !== null && (
            <>
              , made <Since time={createdAt} />
            </>
          )}
          {lastUsedAt !== null && (
            <>
              , used <Since time={lastUsedAt} />
            </>
          )}
        </Text>
      </Text>
      {mayChange && (
        <>
          <Button
            size="compact-xs"
            variant="default"
            aria-label={`${active ? 'Deactivate' : 'Activate'} ${accessKeyId}`}
            loading={toggle.isPending}
            onClick={() => toggle.mutate(!active)}
          >
            {active ? 'Deactivate' : 'Activate'}
          </Button>
          <Button
            size="compact-xs"
            variant="default"
            aria-label={`Delete key ${accessKeyId}`}
            onClick={question.open}
          >
            Delete key
          </Button>
          <Confirm
            opened={doomed}
            onClose={question.close}
            title={`Delete a key of ${userName}`}
            button="Delete key"
            busy={remove.isPending}
            error={remove.error}
            onConfirm={() => remove.mutate(undefined)}
          >
            Whatever signs with <span className="wl-mono">{accessKeyId}</span> is refused from then on;
            connections too. It cannot be brought back: deactivate it to try first.
          </Confirm>
        </>
      )}
    </Group>
  );
};
