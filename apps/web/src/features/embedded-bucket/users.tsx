import { Button, Group, Text } from '@mantine/core';
import {
  createEmbeddedKey,
  createEmbeddedUser,
  deleteEmbeddedKey,
  deleteEmbeddedUser,
  updateEmbeddedKey,
  type EmbeddedKey,
  type EmbeddedUser,
} from '@windlass/contract';
import { useState } from 'react';
import { call } from '../../lib/api.ts';
import { Confirm } from '../../ui/confirm-delete.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { Section } from '../../ui/section.tsx';
import { ShownOnce } from '../../ui/shown-once.tsx';
import { Since } from '../../ui/since.tsx';
import { IdentityRow, Policies } from './identities.tsx';
import { NewIdentity } from './new-identity.tsx';
import type { PolicyDraft } from './policy-dialog.tsx';
import { useAccountChange } from './queries.ts';

interface UsersProps {
  teamId: string;
  users: readonly EmbeddedUser[];
  bucket: string;
  onEdit: (draft: PolicyDraft) => void;
}

const standingWords: Record<EmbeddedUser['standing'], string> = {
  administrator: 'may do everything in the account',
  owner: 'may do everything in the buckets it made',
  policies: 'may do what its policies allow',
};

/** IAM users of the embedded bucket, their keys and policies. */
export const Users = ({ teamId, users, bucket, onEdit }: UsersProps) => {
  const [doomed, setDoomed] = useState<EmbeddedUser | null>(null);
  const create = useAccountChange(teamId, (name: string) =>
    call(createEmbeddedUser, { params: { teamId }, body: { name } }),
  );
  const remove = useAccountChange(
    teamId,
    (name: string) => call(deleteEmbeddedUser, { params: { teamId, userName: name } }),
    () => setDoomed(null),
  );
  const key = useAccountChange(teamId, (userName: string) =>
    call(createEmbeddedKey, { params: { teamId, userName } }),
  );
  return (
    <Section
      title="Users"
      about="A new user may nothing until a policy allows it, as on AWS."
      actions={<NewIdentity what="user" create={create} />}
    >
      {key.isError && <ProblemNotice error={key.error} />}
      {key.data !== undefined && (
        <ShownOnce
          about="Copy the secret now: it is not shown again."
          secrets={[
            { label: 'Access key id', text: key.data.accessKeyId },
            { label: 'Secret access key', text: key.data.secretAccessKey },
          ]}
        />
      )}
      <ul className="wl-rows" aria-label="Users">
        {users.map((user) => {
          const mayChange = !user.own;
          return (
            <IdentityRow
              key={user.name}
              name={user.name}
              about={`${user.own ? 'this server’s own; ' : ''}${standingWords[user.standing]}`}
              actions={
                mayChange && (
                  <>
                    <Button
                      size="xs"
                      variant="default"
                      aria-label={`New key for ${user.name}`}
                      loading={key.isPending && key.variables === user.name}
                      onClick={() => key.mutate(user.name)}
                    >
                      New key
                    </Button>
                    <Button
                      size="xs"
                      variant="default"
                      aria-label={`Delete ${user.name}`}
                      onClick={() => setDoomed(user)}
                    >
                      Delete
                    </Button>
                  </>
                )
              }
            >
              {user.keys.map((each) => (
                <KeyLine
                  key={each.accessKeyId}
                  teamId={teamId}
                  userName={user.name}
                  keyFacts={each}
                  mayChange={mayChange}
                />
              ))}
              <Policies
                teamId={teamId}
                holder="users"
                of={user}
                bucket={bucket}
                mayChange={mayChange}
                onEdit={onEdit}
              />
            </IdentityRow>
          );
        })}
      </ul>
      <Confirm
        opened={doomed !== null}
        onClose={() => setDoomed(null)}
        title={`Delete ${doomed?.name ?? ''}`}
        button="Delete"
        busy={remove.isPending}
        error={remove.error}
        onConfirm={() => doomed !== null && remove.mutate(doomed.name)}
      >
        Lost: the user, {doomed?.keys.length ?? 0} keys and {doomed?.policies.length ?? 0} policies. Objects
        stay.
      </Confirm>
    </Section>
  );
};

interface KeyLineProps {
  teamId: string;
  userName: string;
  keyFacts: EmbeddedKey;
  mayChange: boolean;
}

/** A key: its id, age and last use; the secret is known to whoever made it alone. */
const KeyLine = ({ teamId, userName, keyFacts, mayChange }: KeyLineProps) => {
  const { accessKeyId, active, createdAt, lastUsedAt } = keyFacts;
  const params = { teamId, userName, accessKeyId };
  const toggle = useAccountChange(teamId, (on: boolean) =>
    call(updateEmbeddedKey, { params, body: { active: on } }),
  );
  const remove = useAccountChange(teamId, () => call(deleteEmbeddedKey, { params }));
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
            aria-label={`Delete ${accessKeyId}`}
            loading={remove.isPending}
            onClick={() => remove.mutate(undefined)}
          >
            Delete
          </Button>
        </>
      )}
    </Group>
  );
};
