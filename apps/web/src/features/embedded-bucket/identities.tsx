import { Button, Group, Stack, Text } from '@mantine/core';
import {
  deleteEmbeddedPolicy,
  putEmbeddedPolicy,
  type EmbeddedRole,
  type EmbeddedUser,
} from '@windlass/contract';
import type { ReactNode } from 'react';
import { call } from '../../lib/api.ts';
import { Fold } from '../../ui/fold.tsx';
import { JsonView } from '../../ui/json-view.tsx';
import type { PolicyDraft } from './policy-dialog.tsx';
import { useAccountChange } from './queries.ts';
import { firstIdentityPolicy, readable } from './templates.ts';

interface PoliciesProps {
  teamId: string;
  holder: 'users' | 'roles';
  of: EmbeddedUser | EmbeddedRole;
  /** Any bucket, for a first policy to begin with. */
  bucket: string;
  mayChange: boolean;
  onEdit: (draft: PolicyDraft) => void;
}

/** The inline policies of a user or role. */
export const Policies = ({ teamId, holder, of, bucket, mayChange, onEdit }: PoliciesProps) => {
  const put = useAccountChange(teamId, ({ policyName, document }: { policyName: string; document: string }) =>
    call(putEmbeddedPolicy, {
      params: { teamId, holder, holderName: of.name, policyName },
      body: { document },
    }),
  );
  const remove = useAccountChange(teamId, (policyName: string) =>
    call(deleteEmbeddedPolicy, { params: { teamId, holder, holderName: of.name, policyName } }),
  );
  const edit = (name: string | null, text: string) =>
    onEdit({
      title: name === null ? `New policy of ${of.name}` : `Policy ${name} of ${of.name}`,
      kind: 'identity',
      name,
      named: name === null ? 'policy' : null,
      text,
      about: 'What it allows; whatever no policy allows is refused.',
      save: (policyName, document) => put.mutateAsync({ policyName, document }),
    });
  return (
    <Stack gap={8}>
      {of.policies.map(({ name, document }) => (
        <Fold key={name} label={`Policy ${name}`}>
          <Stack gap={8}>
            <JsonView what={name} value={readable(document)} />
            {mayChange && (
              <Group gap={8}>
                <Button
                  size="compact-xs"
                  variant="default"
                  aria-label={`Edit policy ${name} of ${of.name}`}
                  onClick={() => edit(name, readable(document))}
                >
                  Edit
                </Button>
                <Button
                  size="compact-xs"
                  variant="default"
                  loading={remove.isPending}
                  aria-label={`Delete policy ${name} of ${of.name}`}
                  onClick={() => remove.mutate(name)}
                >
                  Delete
                </Button>
              </Group>
            )}
          </Stack>
        </Fold>
      ))}
      {mayChange && (
        <Button
          size="compact-xs"
          variant="default"
          w="fit-content"
          aria-label={`Add a policy to ${of.name}`}
          onClick={() => edit(null, firstIdentityPolicy(bucket))}
        >
          Add a policy
        </Button>
      )}
    </Stack>
  );
};

interface IdentityRowProps {
  name: string;
  about: ReactNode;
  actions: ReactNode;
  children: ReactNode;
}

/** A user or role with what hangs on it. */
export const IdentityRow = ({ name, about, actions, children }: IdentityRowProps) => (
  <li className="wl-row" style={{ gridTemplateColumns: 'minmax(0, 1fr) auto', alignItems: 'start' }}>
    <Stack gap={8}>
      <div>
        <Text fw={500} style={{ overflowWrap: 'anywhere' }}>
          {name}
        </Text>
        <Text size="xs" c="dimmed" component="div">
          {about}
        </Text>
      </div>
      {children}
    </Stack>
    <div className="wl-row-end">{actions}</div>
  </li>
);
