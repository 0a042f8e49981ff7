import { Button } from '@mantine/core';
import {
  createEmbeddedKey,
  createEmbeddedUser,
  deleteEmbeddedUser,
  type EmbeddedUser,
} from '@windlass/contract';
import { useState } from 'react';
import { call } from '../../lib/api.ts';
import { Confirm } from '../../ui/confirm-delete.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { Section } from '../../ui/section.tsx';
import { ShownOnce } from '../../ui/shown-once.tsx';
import { IdentityRow, Policies } from './identities.tsx';
import { KeyLine } from './key-line.tsx';
import { NewUser } from './new-user.tsx';
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
      actions={<NewUser create={create} />}
    >
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
                      aria-label={`Delete user ${user.name}`}
                      onClick={() => setDoomed(user)}
                    >
                      Delete user
                    </Button>
                  </>
                )
              }
            >
              {key.isError && key.variables === user.name && <ProblemNotice error={key.error} />}
              {key.data !== undefined && key.variables === user.name && (
                <ShownOnce
                  about={`A new key of ${user.name}. Copy its secret now: it is not shown again.`}
                  secrets={[
                    { label: 'Access key id', text: key.data.accessKeyId },
                    { label: 'Secret access key', text: key.data.secretAccessKey },
                  ]}
                />
              )}
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
        title={`Delete user ${doomed?.name ?? ''}`}
        button="Delete user"
        busy={remove.isPending}
        error={remove.error}
        onConfirm={() => doomed !== null && remove.mutate(doomed.name)}
      >
        Lost: the user, {doomed?.keys.length ?? 0} keys and {doomed?.policies.length ?? 0} policies.
        Connections that use its keys stop working. Objects stay.
      </Confirm>
    </Section>
  );
};
