import { Button, Text } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import {
  createEmbeddedRole,
  deleteEmbeddedRole,
  putEmbeddedTrustPolicy,
  type EmbeddedRole,
  type EmbeddedUser,
} from '@windlass/contract';
import { useState } from 'react';
import { call } from '../../lib/api.ts';
import { Confirm } from '../../ui/confirm-delete.tsx';
import { Copy } from '../../ui/copy.tsx';
import { Fold } from '../../ui/fold.tsx';
import { JsonView } from '../../ui/json-view.tsx';
import { Section } from '../../ui/section.tsx';
import { IdentityRow, Policies } from './identities.tsx';
import type { PolicyDraft } from './policy-dialog.tsx';
import { useAccountChange } from './queries.ts';
import { firstTrustPolicy, readable } from './templates.ts';

interface RolesProps {
  teamId: string;
  roles: readonly EmbeddedRole[];
  users: readonly EmbeddedUser[];
  bucket: string;
  onEdit: (draft: PolicyDraft) => void;
}

/** Roles of the embedded bucket: who may assume them, and what their sessions may do. */
export const Roles = ({ teamId, roles, users, bucket, onEdit }: RolesProps) => {
  const [doomed, setDoomed] = useState<EmbeddedRole | null>(null);
  // By it this server assumes roles; its other users have rights of their own.
  const server = users.find(({ own, standing }) => own && standing === 'policies') ?? users[0];
  const create = useAccountChange(teamId, (body: { name: string; trustPolicy: string }) =>
    call(createEmbeddedRole, { params: { teamId }, body }),
  );
  const trust = useAccountChange(teamId, ({ name, document }: { name: string; document: string }) =>
    call(putEmbeddedTrustPolicy, { params: { teamId, roleName: name }, body: { document } }),
  );
  const remove = useAccountChange(
    teamId,
    (name: string) => call(deleteEmbeddedRole, { params: { teamId, roleName: name } }),
    () => setDoomed(null),
  );
  return (
    <Section
      title="Roles"
      about="Assumed through STS at the bucket’s own address, for an hour at most by default."
      actions={
        <Button
          variant="default"
          leftSection={<IconPlus size={16} />}
          onClick={() =>
            onEdit({
              title: 'New role',
              kind: 'trust',
              name: null,
              named: 'role',
              text: firstTrustPolicy(server?.arn ?? ''),
              about:
                'Who may assume the role, and on what terms. For a connection of this server, put the external ID that the connection shows.',
              save: (name, trustPolicy) => create.mutateAsync({ name, trustPolicy }),
            })
          }
        >
          New role
        </Button>
      }
    >
      {roles.length === 0 ? (
        <Text c="dimmed">No role.</Text>
      ) : (
        <ul className="wl-rows" aria-label="Roles">
          {roles.map((role) => (
            <IdentityRow
              key={role.name}
              name={role.name}
              about={
                <>
                  <span className="wl-mono">{role.arn}</span> <Copy what="ARN" text={role.arn} />
                </>
              }
              actions={
                <Button
                  size="xs"
                  variant="default"
                  aria-label={`Delete role ${role.name}`}
                  onClick={() => setDoomed(role)}
                >
                  Delete role
                </Button>
              }
            >
              <Fold label="Trust policy">
                <JsonView what="Trust policy" value={readable(role.trustPolicy)} />
                <Button
                  size="compact-xs"
                  variant="default"
                  mt={8}
                  aria-label={`Edit the trust policy of ${role.name}`}
                  onClick={() =>
                    onEdit({
                      title: `Trust policy of ${role.name}`,
                      kind: 'trust',
                      name: null,
                      named: null,
                      text: readable(role.trustPolicy),
                      about: 'Who may assume the role, and on what terms.',
                      save: (_, document) => trust.mutateAsync({ name: role.name, document }),
                    })
                  }
                >
                  Edit
                </Button>
              </Fold>
              <Policies teamId={teamId} holder="roles" of={role} bucket={bucket} mayChange onEdit={onEdit} />
            </IdentityRow>
          ))}
        </ul>
      )}
      <Confirm
        opened={doomed !== null}
        onClose={() => setDoomed(null)}
        title={`Delete role ${doomed?.name ?? ''}`}
        button="Delete role"
        busy={remove.isPending}
        error={remove.error}
        onConfirm={() => doomed !== null && remove.mutate(doomed.name)}
      >
        Lost: the role and {doomed?.policies.length ?? 0} policies. Its sessions end at once.
      </Confirm>
    </Section>
  );
};
