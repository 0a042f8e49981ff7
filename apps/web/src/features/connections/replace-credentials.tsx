import { Button, Group, Stack, Switch, Text } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { replaceCredentials, type Connection } from '@windlass/contract';
import { useState } from 'react';
import { call } from '../../lib/api.ts';
import { fieldErrors } from '../../lib/problem.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { CredentialFields, KindChoice } from './credential-fields.tsx';
import { kindsFor } from './credential-kinds.ts';
import {
  credentialBody,
  credentialErrors,
  flatErrors,
  noCredentials,
  type CredentialValues,
} from './credential-values.ts';
import { connectionSetupQuery } from './queries.ts';
import { useRefreshConnection } from './use-refresh.ts';

/** The new ones are checked, browser apart, before the answer comes. */
const timeoutMilliseconds = 120_000;

interface ReplaceCredentialsProps {
  teamId: string;
  connection: Connection;
  /** The kind to begin with; the one in use by default. */
  kind?: CredentialValues['kind'];
  button: string;
  cancelWord?: string;
  onDone: () => void;
  onCancel: () => void;
}

/** Sets or overwrites credentials: they are checked first, and what is wrong is told here, beside the fields. */
export const ReplaceCredentials = ({
  teamId,
  connection,
  kind = connection.credentials?.kind ?? 'accessKey',
  button,
  cancelWord = 'Cancel',
  onDone,
  onCancel,
}: ReplaceCredentialsProps) => {
  const refresh = useRefreshConnection(teamId, connection.id);
  const { data: setup } = useQuery(connectionSetupQuery(teamId, connection.id));
  const kinds = kindsFor(connection.provider, setup);
  const [values, setValues] = useState<CredentialValues>({ ...noCredentials, kind });
  const [force, setForce] = useState(false);
  const [errors, setErrors] = useState<Record<string, string>>({});
  const replace = useMutation({
    mutationFn: (entered: CredentialValues) =>
      call(replaceCredentials, {
        params: { teamId, connectionId: connection.id },
        body: { ...credentialBody(entered), force },
        timeoutMilliseconds,
      }),
    onSuccess: async () => {
      setValues(noCredentials);
      await refresh();
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
        if (Object.keys(found).length === 0) replace.mutate(values);
      }}
    >
      <Stack gap={16}>
        <Text size="sm">
          {connection.credentials === null
            ? 'They are checked before they are stored.'
            : 'The new ones are checked first. When that fails, the ones in use now stay.'}
        </Text>
        {replace.isError && <ProblemNotice error={replace.error} />}
        <KindChoice
          kinds={kinds}
          value={values.kind}
          onChange={(next) => setValues({ ...values, kind: next })}
        />
        <CredentialFields
          values={values}
          errors={errors}
          onChange={setValues}
          hasOwnIdentity={setup !== undefined && setup.platformPrincipal !== null}
        />
        {(connection.credentials !== null || replace.isError) && (
          <Switch
            label="Store them even when the check fails"
            checked={force}
            onChange={(event) => setForce(event.currentTarget.checked)}
          />
        )}
        <Group justify="space-between" gap={8}>
          <Button variant="default" onClick={onCancel}>
            {cancelWord}
          </Button>
          <Button type="submit" loading={replace.isPending}>
            {button}
          </Button>
        </Group>
      </Stack>
    </form>
  );
};
