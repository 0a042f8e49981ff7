import { Button, Group, List, Modal, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useMutation } from '@tanstack/react-query';
import {
  cancelRotation,
  promoteRotation,
  retireRotation,
  startRotation,
  type Connection,
  type CredentialFacts,
} from '@windlass/contract';
import { useState } from 'react';
import { call } from '../../lib/api.ts';
import { fieldErrors, toProblem } from '../../lib/problem.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { Since } from '../../ui/since.tsx';
import { toastDone } from '../../ui/toast.ts';
import { useTeam } from '../teams/current-team.tsx';
import { CredentialFields } from './credential-fields.tsx';
import { credentialErrors, flatErrors, keyBody, noCredentials } from './credential-values.ts';
import { useRefreshConnection } from './use-refresh.ts';

const timeoutMilliseconds = 120_000;

const StartForm = ({ connection, onDone }: { connection: Connection; onDone: () => void }) => {
  const { teamId } = useTeam();
  const refresh = useRefreshConnection(teamId, connection.id);
  const [values, setValues] = useState(noCredentials);
  const [errors, setErrors] = useState<Record<string, string>>({});
  const start = useMutation({
    mutationFn: (entered: typeof values) =>
      call(startRotation, {
        params: { teamId, connectionId: connection.id },
        body: keyBody(entered),
        timeoutMilliseconds,
      }),
    onSuccess: async () => {
      await refresh();
      toastDone('The second key works and is kept beside the first.');
      onDone();
    },
    onError: (error) => setErrors(flatErrors(fieldErrors(error))),
  });
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        const found = credentialErrors(values);
        setErrors(found);
        if (Object.keys(found).length === 0) start.mutate(values);
      }}
    >
      <Stack gap={16}>
        <List type="ordered" size="sm">
          <List.Item>Make a second key for the same user, at your provider.</List.Item>
          <List.Item>Enter it here: it is checked, and the first one stays in use.</List.Item>
          <List.Item>Switch over; you can go back at any time.</List.Item>
          <List.Item>Deactivate the first key at your provider, then retire it here.</List.Item>
        </List>
        {start.isError && <ProblemNotice error={start.error} />}
        <CredentialFields values={values} errors={errors} onChange={setValues} hasOwnIdentity={false} />
        <Group justify="flex-end">
          <Button type="submit" loading={start.isPending}>
            Check the second key
          </Button>
        </Group>
      </Stack>
    </form>
  );
};

/** The way into a change of keys without a gap: the second key is given while the first stays in use. */
export const StartRotation = ({ connection }: { connection: Connection }) => {
  const [opened, form] = useDisclosure(false);
  return (
    <>
      <Button size="xs" variant="default" onClick={form.open}>
        Rotate
      </Button>
      <Modal opened={opened} onClose={form.close} title="Rotate the key">
        <StartForm connection={connection} onDone={form.close} />
      </Modal>
    </>
  );
};

interface KeyRotationProps {
  connection: Connection;
  rotation: NonNullable<CredentialFacts['rotation']>;
  mayWrite: boolean;
}

const words = {
  candidate: {
    title: 'A second key is ready',
    about: 'It passed the check. The first key is still in use.',
  },
  promoted: {
    title: 'The second key is in use',
    about: 'Deactivate the first one at your provider, see that all goes well, then retire it here.',
  },
} as const;

/** Where the change of keys stands, and its next step. */
export const KeyRotation = ({ connection, rotation, mayWrite }: KeyRotationProps) => {
  const { teamId } = useTeam();
  const refresh = useRefreshConnection(teamId, connection.id);
  const params = { teamId, connectionId: connection.id };
  const step = useMutation({
    mutationFn: (action: 'promote' | 'retire' | 'retireAnyway' | 'cancel') => {
      switch (action) {
        case 'promote':
          return call(promoteRotation, { params, timeoutMilliseconds });
        case 'cancel':
          return call(cancelRotation, { params });
        case 'retire':
        case 'retireAnyway':
          return call(retireRotation, {
            params,
            body: { force: action === 'retireAnyway' },
            timeoutMilliseconds,
          });
      }
    },
    onSuccess: refresh,
  });
  const { title, about } = words[rotation.phase];
  const stillWorks =
    step.isError && toProblem(step.error).code === 'conflict' && rotation.phase === 'promoted';
  return (
    <div className="wl-notice" data-tone="attention">
      <Stack gap={8}>
        <Text fw={600}>{title}</Text>
        <Text size="sm" component="div">
          {about} {rotation.phase === 'candidate' ? 'The new one ends in' : 'The first one ended in'}{' '}
          <span className="wl-mono">{rotation.accessKeyIdHint}</span>, since <Since time={rotation.since} />.
        </Text>
        {step.isError && <ProblemNotice error={step.error} />}
        {mayWrite && (
          <Group gap={8}>
            {rotation.phase === 'candidate' ? (
              <Button size="xs" loading={step.isPending} onClick={() => step.mutate('promote')}>
                Switch to the second key
              </Button>
            ) : (
              <Button size="xs" loading={step.isPending} onClick={() => step.mutate('retire')}>
                Retire the first key
              </Button>
            )}
            {stillWorks && (
              <Button size="xs" variant="default" onClick={() => step.mutate('retireAnyway')}>
                Forget it all the same
              </Button>
            )}
            <Button
              size="xs"
              variant="default"
              disabled={step.isPending}
              onClick={() => step.mutate('cancel')}
            >
              {rotation.phase === 'candidate' ? 'Drop the second key' : 'Go back to the first key'}
            </Button>
          </Group>
        )}
      </Stack>
    </div>
  );
};
