import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getProvisioned, undoProvisioning, type Connection, type ProvisioningKind } from '@windlass/contract';
import { useState } from 'react';
import { call } from '../../lib/api.ts';
import { fieldErrors } from '../../lib/problem.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { Section } from '../../ui/section.tsx';
import { Since } from '../../ui/since.tsx';
import { KeyFields } from '../connections/credential-fields.tsx';
import { flatErrors, keyBody, noCredentials } from '../connections/credential-values.ts';
import { useRefreshConnection } from '../connections/use-refresh.ts';
import { useTeam } from '../teams/current-team.tsx';
import { adminErrors, adminSecretWords } from './admin-key.ts';
import { StepsTable } from './steps-table.tsx';

const kindWords: Record<ProvisioningKind, string> = {
  bucket: 'Bucket',
  publicAccess: 'Block Public Access',
  cors: 'CORS rules',
  lifecycle: 'Lifecycle rules',
  user: 'User',
  role: 'Role',
  policy: 'Policy',
  accessKey: 'Access key',
  credentials: 'Credentials',
};

const timeoutMilliseconds = 120_000;

interface UndoProps {
  teamId: string;
  connection: Connection;
  onClose: () => void;
}

/** Shows what an undo would do, then does it. The keys are used for these two calls and kept nowhere. */
const Undo = ({ teamId, connection, onClose }: UndoProps) => {
  const client = useQueryClient();
  const refresh = useRefreshConnection(teamId, connection.id);
  const [admin, setAdmin] = useState(noCredentials);
  const [errors, setErrors] = useState<Record<string, string>>({});
  const undo = useMutation({
    mutationFn: (dryRun: boolean) =>
      call(undoProvisioning, {
        params: { teamId, connectionId: connection.id },
        body: { admin: keyBody(admin), dryRun },
        timeoutMilliseconds,
      }),
    onSuccess: async (_, dryRun) => {
      if (dryRun) return;
      setAdmin(noCredentials);
      await client.invalidateQueries({ queryKey: ['provisioned', teamId, connection.id] });
      await refresh();
    },
    onError: (error) => setErrors(flatErrors(fieldErrors(error))),
  });
  const seen = undo.data;
  const finished = seen !== undefined && !undo.variables;
  return (
    <Stack gap={16}>
      {undo.isError && <ProblemNotice error={undo.error} />}
      {seen === undefined ? (
        <form
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            const found = adminErrors(admin);
            setErrors(found);
            if (Object.keys(found).length === 0) undo.mutate(true);
          }}
        >
          <Stack gap={16}>
            <Text size="sm">
              Removing needs an administrator’s keys, as making did. You see what would be done first.
            </Text>
            <KeyFields values={admin} errors={errors} onChange={setAdmin} about={adminSecretWords} />
            <Group justify="flex-end">
              <Button type="submit" loading={undo.isPending}>
                Show what would be undone
              </Button>
            </Group>
          </Stack>
        </form>
      ) : (
        <>
          <StepsTable label={finished ? 'What was undone' : 'What would be undone'} steps={seen.steps} />
          <Group justify="flex-end" gap={8}>
            <Button variant="default" onClick={onClose}>
              {finished ? 'Done' : 'Leave it'}
            </Button>
            {!finished && (
              <Button color="red.8" loading={undo.isPending} onClick={() => undo.mutate(false)}>
                Undo it
              </Button>
            )}
          </Group>
        </>
      )}
    </Stack>
  );
};

/** What Windlass made for a connection with an administrator's keys, and the way to undo it. Nothing where it made nothing. */
export const Provisioned = ({ connection }: { connection: Connection }) => {
  const { teamId } = useTeam();
  const [opened, dialog] = useDisclosure(false);
  const { data } = useQuery({
    queryKey: ['provisioned', teamId, connection.id],
    queryFn: ({ signal }) =>
      call(getProvisioned, { params: { teamId, connectionId: connection.id }, signal }),
  });
  if (data === undefined || data.items.length === 0) return null;
  return (
    <div className="wl-card">
      <Section
        title="Made by Windlass"
        actions={
          <Button size="xs" variant="default" onClick={dialog.open}>
            Undo what was made…
          </Button>
        }
      >
        <ul className="wl-rows" aria-label="Made by Windlass">
          {data.items.map(({ kind, name, made, at }) => (
            <li
              key={`${kind} ${name}`}
              className="wl-row"
              style={{ gridTemplateColumns: 'minmax(0, 1fr) auto' }}
            >
              <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
                {kindWords[kind]} <span className="wl-mono">{name}</span>
              </Text>
              <Text size="xs" c="dimmed" component="div">
                {made ? 'made' : 'changed'} <Since time={at} />
              </Text>
            </li>
          ))}
        </ul>
      </Section>
      <Modal opened={opened} onClose={dialog.close} title="Undo what Windlass made" size="lg">
        <Undo teamId={teamId} connection={connection} onClose={dialog.close} />
      </Modal>
    </div>
  );
};
