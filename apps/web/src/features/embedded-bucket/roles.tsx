import { Button, Text } from '@mantine/core';
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
import { NewIdentity } from './new-identity.tsx';
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
  const someone = users[0]?.arn ?? '';
  const create = useAccountChange(teamId, (name: string) =>
    call(createEmbeddedRole, {
      params: { teamId },
      body: { name, trustPolicy: firstTrustPolicy(someone) },
    }),
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
      actions={<NewIdentity what="role" create={create} />}
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
                  aria-label={`Delete ${role.name}`}
                  onClick={() => setDoomed(role)}
                >
                  Delete
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
                      named: false,
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
        title={`Delete ${doomed?.name ?? ''}`}
        button="Delete"
        busy={remove.isPending}
        error={remove.error}
        onConfirm={() => doomed !== null && remove.mutate(doomed.name)}
      >
        Lost: the role and {doomed?.policies.length ?? 0} policies. Its sessions end at once.
      </Confirm>
    </Section>
  );
};
