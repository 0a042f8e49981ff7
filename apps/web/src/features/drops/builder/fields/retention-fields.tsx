import { Button, Group, NumberInput, Stack, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { checkDropRetention, type Drop } from '@windlass/contract';
import { useEffect } from 'react';
import { call } from '../../../../lib/api.ts';
import { JsonView } from '../../../../ui/json-view.tsx';
import { ProblemNotice } from '../../../../ui/problem-notice.tsx';
import { Since } from '../../../../ui/since.tsx';
import { State } from '../../../../ui/state.tsx';
import { useTeam } from '../../../teams/current-team.tsx';
import { retentionWords } from '../../drop-words.ts';
import { isStale } from '../../is-stale.ts';
import type { DropForm } from '../drop-values.ts';

/** How files of this page go, as it was found out on its connection. */
const Found = ({ drop, changed }: { drop: Drop; changed: boolean }) => {
  const { teamId } = useTeam();
  const client = useQueryClient();
  const check = useMutation({
    mutationFn: () => call(checkDropRetention, { params: { teamId, dropId: drop.id } }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['drop', teamId, drop.id] }),
  });
  const { retention } = check.data ?? drop;
  // A stranger to S3 does not know what to press: what nobody has looked at lately is looked at when it is seen.
  const { mutate: look } = check;
  const wanted = !changed && check.isIdle && isStale(drop.retention.checkedAt);
  useEffect(() => {
    if (wanted) look();
  }, [wanted, look]);
  const { tone, word, why } = retentionWords[retention.state];
  return (
    <div className="wl-notice" {...(tone === 'attention' ? { 'data-tone': 'attention' } : {})}>
      <Stack gap={8}>
        <Group gap={12} justify="space-between">
          {check.isPending ? (
            <State tone="unknown" word="Looking" why="The bucket is asked." />
          ) : (
            <State tone={tone} word={word} why={why} />
          )}
          <Button
            variant="default"
            size="xs"
            disabled={changed}
            loading={check.isPending}
            onClick={() => check.mutate()}
          >
            Look again
          </Button>
        </Group>
        {(retention.checkedAt !== null || !check.isPending) && <Text size="sm">{retention.detail}</Text>}
        {retention.lifecycleRule !== null && (
          <JsonView value={retention.lifecycleRule} what="Lifecycle rule" foldAfter={20} />
        )}
        <Text size="xs" c="dimmed" component="div">
          {changed ? (
            'Save first: what was found is about the days that are stored.'
          ) : check.isPending ? (
            'Asking the bucket what this key may and which lifecycle rules there are.'
          ) : retention.checkedAt === null ? (
            'Not looked at yet.'
          ) : (
            <>
              Looked at <Since time={retention.checkedAt} />.
            </>
          )}
        </Text>
        {check.isError && <ProblemNotice error={check.error} />}
      </Stack>
    </div>
  );
};

/** After how many days files go, and what that takes. */
export const RetentionFields = ({ form, drop }: { form: DropForm; drop: Drop | null }) => {
  const days = form.values.retentionDays;
  return (
    <Stack gap={12}>
      <NumberInput
        label="Days that files are kept"
        description="From the day an order is sent. Empty: they stay. The record of the order always stays."
        min={1}
        max={3650}
        {...form.getInputProps('retentionDays')}
      />
      {drop !== null && days !== '' && (
        <Found
          drop={drop}
          changed={days !== drop.retentionDays || form.values.connectionId !== drop.connectionId}
        />
      )}
      {drop === null && days !== '' && (
        <Text size="sm" c="dimmed">
          Windlass deletes them where the key of the connection may. Where it may not, you get a lifecycle
          rule to put on the bucket once the page is made, and its presence is checked.
        </Text>
      )}
    </Stack>
  );
};
