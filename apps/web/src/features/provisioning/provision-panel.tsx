import { Button, Checkbox, Code, Group, Stack, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import {
  applyProvisioning,
  discardProvisioning,
  planProvisioning,
  type Connection,
  type CredentialKind,
} from '@windlass/contract';
import { useState } from 'react';
import { call } from '../../lib/api.ts';
import { fieldErrors } from '../../lib/problem.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { Since } from '../../ui/since.tsx';
import { KeyFields } from '../connections/credential-fields.tsx';
import { flatErrors, keyBody, noCredentials } from '../connections/credential-values.ts';
import { useRefreshConnection } from '../connections/use-refresh.ts';
import { adminErrors, adminSecretWords } from './admin-key.ts';
import { StepsTable } from './steps-table.tsx';

/** Making and checking takes its time: new keys are known everywhere after some seconds only. */
const applyTimeoutMilliseconds = 180_000;

interface ProvisionPanelProps {
  teamId: string;
  connection: Connection;
  kind: CredentialKind;
  onDone: () => void;
}

const noChoices = { createBucket: true, blockPublicAccess: true, cors: true, lifecycle: true };

const choiceWords = {
  createBucket: 'Make the bucket, if it is not there',
  blockPublicAccess: 'Block all public access',
  cors: 'Let this server’s pages in (CORS)',
  lifecycle: 'Give up unfinished uploads after a week',
} as const;

/** Administrator keys in, a plan out; then, and only when it was seen, it is carried out. */
export const ProvisionPanel = ({ teamId, connection, kind, onDone }: ProvisionPanelProps) => {
  const params = { teamId, connectionId: connection.id };
  const refresh = useRefreshConnection(teamId, connection.id);
  const [admin, setAdmin] = useState(noCredentials);
  const [choices, setChoices] = useState(noChoices);
  const [errors, setErrors] = useState<Record<string, string>>({});
  const plan = useMutation({
    mutationFn: () =>
      call(planProvisioning, {
        params,
        body: { ...choices, identity: kind === 'role' ? 'role' : 'user', admin: keyBody(admin) },
        timeoutMilliseconds: applyTimeoutMilliseconds,
      }),
    // The page has no use for the keys any more: the plan stands for them.
    onSuccess: () => setAdmin(noCredentials),
    onError: (error) => setErrors(flatErrors(fieldErrors(error))),
  });
  const apply = useMutation({
    mutationFn: (provisioningId: string) =>
      call(applyProvisioning, {
        params: { ...params, provisioningId },
        timeoutMilliseconds: applyTimeoutMilliseconds,
      }),
    onSettled: refresh,
  });
  const startAgain = () => {
    // Nobody waits for it: the keys are forgotten in ten minutes in any case.
    if (plan.data !== undefined && apply.data === undefined) {
      void call(discardProvisioning, { params: { ...params, provisioningId: plan.data.id } }).catch(() => {});
    }
    plan.reset();
    apply.reset();
  };
  if (plan.data === undefined) {
    return (
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          const found = adminErrors(admin);
          setErrors(found);
          if (Object.keys(found).length === 0) plan.mutate();
        }}
      >
        <Stack gap={16} maw={560}>
          <Text size="sm">
            With the keys of an administrator, Windlass makes all of it, and can undo what it made. The keys
            stay in this server’s memory, for ten minutes at most; they are stored nowhere. You see the plan
            first.
          </Text>
          {connection.provider === 'embedded' && (
            <Text size="sm">
              The administrator of the embedded bucket is the user <b>windlass</b>. Its key stands on the
              server, in <Code>bucket/users.json</Code> in the data folder; the start of the server says where
              that is.
            </Text>
          )}
          {plan.isError && <ProblemNotice error={plan.error} />}
          <KeyFields values={admin} errors={errors} onChange={setAdmin} about={adminSecretWords} />
          <Stack gap={8}>
            {(Object.keys(choiceWords) as (keyof typeof choiceWords)[]).map((choice) => (
              <Checkbox
                key={choice}
                label={choiceWords[choice]}
                checked={choices[choice]}
                onChange={(event) => setChoices({ ...choices, [choice]: event.currentTarget.checked })}
              />
            ))}
          </Stack>
          <Group justify="flex-end">
            <Button type="submit" loading={plan.isPending}>
              Show the plan
            </Button>
          </Group>
        </Stack>
      </form>
    );
  }
  const { id, steps, expiresAt } = plan.data;
  if (apply.data !== undefined) {
    return (
      <Stack gap={16}>
        <div className="wl-notice" data-tone={apply.data.done ? undefined : 'missing'} role="status">
          <Text fw={600}>{apply.data.done ? 'All of it is made' : 'It stopped before the end'}</Text>
          <Text size="sm">
            {apply.data.done
              ? 'The connection has its credentials. The administrator keys are forgotten.'
              : 'What was made is kept, and a new plan goes on from there. The administrator keys are forgotten.'}
          </Text>
        </div>
        <StepsTable label="What was done" steps={apply.data.steps} />
        <Group justify="space-between">
          <Button variant="default" onClick={startAgain}>
            Plan again
          </Button>
          {apply.data.done && <Button onClick={onDone}>See the check</Button>}
        </Group>
      </Stack>
    );
  }
  const changes = steps.filter(({ action }) => action === 'create' || action === 'update').length;
  return (
    <Stack gap={16}>
      <Text size="sm" component="div">
        Nothing has been done yet. This plan ends <Since time={expiresAt} />.
      </Text>
      <StepsTable label="The plan" steps={steps.map((step) => ({ ...step, result: null }))} />
      {apply.isError && <ProblemNotice error={apply.error} />}
      <Group justify="space-between">
        <Button variant="default" disabled={apply.isPending} onClick={startAgain}>
          Forget it
        </Button>
        <Button loading={apply.isPending} onClick={() => apply.mutate(id)}>
          {changes === 0 ? 'Nothing to make: check it' : `Make ${changes === 1 ? 'it' : `these ${changes}`}`}
        </Button>
      </Group>
    </Stack>
  );
};
