import { Button, Group, Modal, NumberInput, Select, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useDisclosure } from '@mantine/hooks';
import { IconPlus } from '@tabler/icons-react';
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { createInvitation, revokeInvitation, roles, type Role } from '@windlass/contract';
import { call } from '../../lib/api.ts';
import { fieldErrors } from '../../lib/problem.ts';
import { validateWith } from '../../lib/validate.ts';
import { ListView } from '../../ui/list-view.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { Section } from '../../ui/section.tsx';
import { ShownOnce } from '../../ui/shown-once.tsx';
import { Since } from '../../ui/since.tsx';
import { toastDone, toastProblem } from '../../ui/toast.ts';
import { hasRole } from './choose-team.ts';
import { useTeam } from './current-team.tsx';
import { invitationsQuery } from './queries.ts';

interface InviteValues {
  email: string;
  role: Role;
  expiresInDays: number | string;
}

const bodyOf = ({ email, role, expiresInDays }: InviteValues) => ({
  role,
  expiresInDays: typeof expiresInDays === 'number' ? expiresInDays : Number.NaN,
  ...(email.trim() === '' ? {} : { email }),
});

const validate = validateWith(createInvitation.body);

const InviteForm = ({ onClose }: { onClose: () => void }) => {
  const { teamId, role } = useTeam();
  const client = useQueryClient();
  const form = useForm<InviteValues>({
    initialValues: { email: '', role: 'member', expiresInDays: 7 },
    validate: (values) => validate(bodyOf(values)),
  });
  const invite = useMutation({
    mutationFn: (values: InviteValues) =>
      call(createInvitation, { params: { teamId }, body: bodyOf(values) }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['invitations', teamId] }),
    onError: (error) => form.setErrors(fieldErrors(error)),
  });
  if (invite.data !== undefined) {
    return (
      <Stack gap={16}>
        <ShownOnce
          about="Send this link to the person. It works once and is shown only now."
          secrets={[{ label: 'Invitation link', text: invite.data.url }]}
        />
        <Button onClick={onClose} style={{ alignSelf: 'flex-end' }}>
          Done
        </Button>
      </Stack>
    );
  }
  return (
    <form noValidate onSubmit={form.onSubmit((values) => invite.mutate(values))}>
      <Stack gap={16}>
        {invite.isError && <ProblemNotice error={invite.error} />}
        <Select
          label="Role"
          // Nobody gives more than they have.
          data={roles.filter((candidate) => hasRole(role, candidate))}
          allowDeselect={false}
          {...form.getInputProps('role')}
        />
        <TextInput
          label="E-mail"
          description="When given, only an account with this address can join. No mail is sent."
          type="email"
          {...form.getInputProps('email')}
        />
        <NumberInput label="Valid for, days" min={1} max={30} {...form.getInputProps('expiresInDays')} />
        <Group justify="flex-end" gap={8}>
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={invite.isPending}>
            Make the link
          </Button>
        </Group>
      </Stack>
    </form>
  );
};

/** Open invitations, and the way to a new link. */
export const Invitations = () => {
  const { teamId } = useTeam();
  const client = useQueryClient();
  const query = useInfiniteQuery(invitationsQuery(teamId));
  const [opened, dialog] = useDisclosure(false);
  const revoke = useMutation({
    mutationFn: (invitationId: string) => call(revokeInvitation, { params: { teamId, invitationId } }),
    onSuccess: () => toastDone('The invitation is taken back; its link no longer works.'),
    onError: toastProblem,
    onSettled: () => client.invalidateQueries({ queryKey: ['invitations', teamId] }),
  });
  return (
    <Section
      title="Invitations"
      actions={
        <Button variant="default" leftSection={<IconPlus size={16} />} onClick={dialog.open}>
          Invite
        </Button>
      }
    >
      <ListView what="invitations" query={query} empty={<Text c="dimmed">No open invitation.</Text>}>
        {(invitations) => (
          <ul className="wl-rows" aria-label="Invitations">
            {invitations.map((invitation) => (
              <li
                key={invitation.id}
                className="wl-row"
                style={{ gridTemplateColumns: 'minmax(0, 1fr) 96px 136px 112px' }}
              >
                <div>
                  <Text>{invitation.email ?? 'Anybody with the link'}</Text>
                  <Text size="xs" c="dimmed">
                    invited by {invitation.invitedBy}
                  </Text>
                </div>
                <Text size="sm">{invitation.role}</Text>
                <Text size="xs" c="dimmed" component="div">
                  ends <Since time={invitation.expiresAt} />
                </Text>
                <div className="wl-row-end">
                  <Button
                    size="xs"
                    variant="default"
                    aria-label={`Take back the invitation of ${invitation.email ?? 'anybody'}`}
                    loading={revoke.isPending && revoke.variables === invitation.id}
                    onClick={() => revoke.mutate(invitation.id)}
                  >
                    Take back
                  </Button>
                </div>
              </li>
            ))}
          </ul>
        )}
      </ListView>
      <Modal opened={opened} onClose={dialog.close} title="Invite by link">
        <InviteForm onClose={dialog.close} />
      </Modal>
    </Section>
  );
};
