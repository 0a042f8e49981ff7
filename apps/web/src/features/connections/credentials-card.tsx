import { Button, Group, Modal, Stack, Switch, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { replaceCredentials, type Connection } from '@windlass/contract';
import { useState } from 'react';
import { call } from '../../lib/api.ts';
import { fieldErrors } from '../../lib/problem.ts';
import { Facts } from '../../ui/facts.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { Section } from '../../ui/section.tsx';
import { Since } from '../../ui/since.tsx';
import { toastDone } from '../../ui/toast.ts';
import { useTeam } from '../teams/current-team.tsx';
import { CredentialFields } from './credential-fields.tsx';
import {
  credentialBody,
  credentialErrors,
  noCredentials,
  type CredentialValues,
} from './credential-values.ts';

interface ReplaceFormProps {
  connection: Connection;
  onDone: () => void;
}

const ReplaceForm = ({ connection, onDone }: ReplaceFormProps) => {
  const { teamId } = useTeam();
  const client = useQueryClient();
  const [values, setValues] = useState(noCredentials);
  const [force, setForce] = useState(false);
  const [errors, setErrors] = useState<Record<string, string>>({});
  const replace = useMutation({
    mutationFn: (entered: CredentialValues) =>
      call(replaceCredentials, {
        params: { teamId, connectionId: connection.id },
        body: { ...credentialBody(entered), force },
        // The new ones are checked before the answer comes.
        timeoutMilliseconds: 120_000,
      }),
    onSuccess: async () => {
      setValues(noCredentials);
      await client.invalidateQueries({ queryKey: ['connection', teamId, connection.id] });
      await client.invalidateQueries({ queryKey: ['connections', teamId] });
      toastDone('The credentials are replaced.');
      onDone();
    },
    onError: (error) => setErrors(fieldErrors(error)),
  });
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        const found = credentialErrors(values);
        setErrors(found);
        if (Object.keys(found).length === 0) replace.mutate(values);
      }}
    >
      <Stack gap={16}>
        {connection.credentials !== null && (
          <Text size="sm">The new ones are checked first. When that fails, the ones in use now stay.</Text>
        )}
        {replace.isError && <ProblemNotice error={replace.error} />}
        <CredentialFields values={values} errors={errors} onChange={setValues} />
        <Switch
          label="Store them even when the check fails"
          checked={force}
          onChange={(event) => setForce(event.currentTarget.checked)}
        />
        <Group justify="flex-end" gap={8}>
          <Button variant="default" onClick={onDone}>
            Cancel
          </Button>
          <Button type="submit" loading={replace.isPending}>
            {connection.credentials === null ? 'Set credentials' : 'Replace'}
          </Button>
        </Group>
      </Stack>
    </form>
  );
};

/** Never the secret: the last four of the key id, its age, who set it, and the way to replace it. */
export const CredentialsCard = ({ connection, mayWrite }: { connection: Connection; mayWrite: boolean }) => {
  const [opened, form] = useDisclosure(false);
  const { credentials } = connection;
  const word = credentials === null ? 'Set credentials' : 'Replace';
  return (
    <div className="wl-card">
      <Section
        title="Credentials"
        actions={
          mayWrite && (
            <Button size="xs" variant={credentials === null ? 'filled' : 'default'} onClick={form.open}>
              {word}
            </Button>
          )
        }
      >
        {credentials === null ? (
          <Text c="dimmed">None yet. The bucket cannot be used without.</Text>
        ) : (
          <Facts
            facts={[
              {
                name: 'Access key id',
                value: <span className="wl-mono">{credentials.accessKeyIdHint}</span>,
              },
              { name: 'Secret', value: 'stored, never shown' },
              { name: 'Set', value: <Since time={credentials.setAt} /> },
              { name: 'By', value: credentials.setBy },
              ...(credentials.temporary ? [{ name: 'Kind', value: 'temporary, with a session token' }] : []),
            ]}
          />
        )}
      </Section>
      <Modal
        opened={opened}
        onClose={form.close}
        title={credentials === null ? 'Set credentials' : 'Replace the credentials'}
      >
        <ReplaceForm connection={connection} onDone={form.close} />
      </Modal>
    </div>
  );
};
