import { Autocomplete, Button, Group, Select, Stack, Text, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import {
  tryEmbeddedRequest,
  type EmbeddedBucket,
  type EmbeddedRole,
  type EmbeddedUser,
} from '@windlass/contract';
import { matchActions } from '@windlass/policy';
import { useState } from 'react';
import { call } from '../../lib/api.ts';
import { fieldErrors } from '../../lib/problem.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { Section } from '../../ui/section.tsx';
import { State } from '../../ui/state.tsx';
import { decisionWords } from '../studio/check/verdict-view.tsx';

interface TrialProps {
  teamId: string;
  users: readonly EmbeddedUser[];
  roles: readonly EmbeddedRole[];
  buckets: readonly EmbeddedBucket[];
}

const anonymous = 'anonymous';

const principalOf = (who: string) => {
  const name = who.slice(who.indexOf('/') + 1);
  if (who.startsWith('user/')) return { user: name };
  return who.startsWith('role/') ? { role: name } : (anonymous as 'anonymous');
};

/** What would be decided on a request, by the code and the policies that decide on real ones. */
export const Trial = ({ teamId, users, roles, buckets }: TrialProps) => {
  const [who, setWho] = useState(users[0] === undefined ? anonymous : `user/${users[0].name}`);
  const [action, setAction] = useState('s3:PutObject');
  const [resource, setResource] = useState(`arn:aws:s3:::${buckets[0]?.name ?? 'bucket'}/uploads/a.jpg`);
  const attempt = useMutation({
    mutationFn: () =>
      call(tryEmbeddedRequest, {
        params: { teamId },
        body: { principal: principalOf(who), action, resource, context: {} },
      }),
  });
  const errors = fieldErrors(attempt.error);
  const shownAtFields = errors['action'] !== undefined || errors['resource'] !== undefined;
  return (
    <Section title="Try a request" about="Nothing is done: the bucket says what it would decide, and why.">
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          attempt.mutate();
        }}
      >
        <Stack gap={12}>
          <Select
            label="Who"
            allowDeselect={false}
            data={[
              ...users.map(({ name }) => ({ value: `user/${name}`, label: `user ${name}` })),
              ...roles.map(({ name }) => ({ value: `role/${name}`, label: `role ${name}` })),
              { value: anonymous, label: 'nobody (no signature)' },
            ]}
            value={who}
            onChange={(value) => value !== null && setWho(value)}
          />
          <Autocomplete
            label="Action"
            limit={12}
            data={matchActions('s3:*').map(({ name }) => name)}
            error={errors['action']}
            value={action}
            onChange={setAction}
          />
          <TextInput
            label="Resource"
            spellCheck={false}
            error={errors['resource']}
            value={resource}
            onChange={(event) => setResource(event.currentTarget.value)}
          />
          <Group justify="flex-end">
            <Button type="submit" loading={attempt.isPending}>
              Try
            </Button>
          </Group>
        </Stack>
      </form>
      {attempt.isError && !shownAtFields && <ProblemNotice error={attempt.error} />}
      {attempt.data !== undefined && (
        <div className="wl-verdict" data-tone={decisionWords[attempt.data.decision].tone} role="status">
          <Text component="div" fw={600} size="lg">
            <State {...decisionWords[attempt.data.decision]} />
          </Text>
          <Text size="sm" mt={4}>
            {attempt.data.reason}
          </Text>
          <ul className="wl-trace-parts">
            {attempt.data.trace.map(({ policy, policyIndex, statementIndex, sentence }) => (
              <li key={`${policy} ${policyIndex} ${statementIndex}`}>
                <Text size="xs">{sentence}</Text>
              </li>
            ))}
          </ul>
        </div>
      )}
    </Section>
  );
};
