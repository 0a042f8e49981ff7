import { Button, Group, Skeleton, Stack, Switch, Text } from '@mantine/core';
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
import { embeddedBucketQuery } from '../embedded-bucket/queries.ts';
import { connectionSetupQuery } from './queries.ts';
import { roleStart } from './role-start.ts';
import { noChoice, type SetupChoice, type SetupFacts } from './setup-input.ts';
import { useRefreshConnection } from './use-refresh.ts';

/** The new ones are checked, browser apart, before the answer comes. */
const timeoutMilliseconds = 120_000;

interface ReplaceCredentialsProps {
  teamId: string;
  connection: Connection;
  /** The kind to begin with; the one in use by default. */
  kind?: CredentialValues['kind'];
  /** What was typed where the rights were set up. */
  choice?: SetupChoice;
  button: string;
  cancelWord?: string;
  onDone: () => void;
  onCancel: () => void;
}

/** Sets or overwrites credentials: they are checked first, and what is wrong is told here, beside the fields. */
export const ReplaceCredentials = (props: ReplaceCredentialsProps) => {
  const { teamId, connection, choice = noChoice } = props;
  const isEmbedded = connection.provider === 'embedded';
  const setup = useQuery(connectionSetupQuery(teamId, connection.id));
  const account = useQuery({ ...embeddedBucketQuery(teamId), enabled: isEmbedded });
  // The fields begin with what these say; without an answer they begin empty.
  if (setup.isLoading || account.isLoading) return <Skeleton height={280} />;
  const accountId = (isEmbedded ? account.data?.accountId : undefined) ?? choice.accountId;
  return <ReplaceForm {...props} setup={setup.data} choice={{ ...choice, accountId }} />;
};

interface ReplaceFormProps extends ReplaceCredentialsProps {
  choice: SetupChoice;
  setup: SetupFacts | undefined;
}

const ReplaceForm = ({
  teamId,
  connection,
  kind = connection.credentials?.kind ?? 'accessKey',
  choice,
  setup,
  button,
  cancelWord = 'Cancel',
  onDone,
  onCancel,
}: ReplaceFormProps) => {
  const refresh = useRefreshConnection(teamId, connection.id);
  const kinds = kindsFor(connection.provider, setup);
  const [values, setValues] = useState<CredentialValues>({
    ...noCredentials,
    ...roleStart(connection, { facts: setup, choice }),
    kind,
  });
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
