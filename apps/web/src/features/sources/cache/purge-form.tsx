import { Button, Group, SegmentedControl, Stack, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { purgeSource, type PurgeRequest, type PurgeScope, type Source } from '@windlass/contract';
import { useState } from 'react';
import { call } from '../../../lib/api.ts';
import { Confirm } from '../../../ui/confirm-delete.tsx';
import { toastDone } from '../../../ui/toast.ts';
import { useTeam } from '../../teams/current-team.tsx';
import { purgeChoices, purgeProblem, purgeWords } from './purge-words.ts';

interface PurgeFormProps {
  source: Source;
  /** The picture that was last looked at, to begin with. */
  path: string | undefined;
}

const requestOf = (scope: PurgeScope, value: string): PurgeRequest =>
  scope === 'all' ? { scope } : { scope, value };

/** Throws made pictures away, after saying which. */
export const PurgeForm = ({ source, path }: PurgeFormProps) => {
  const { teamId } = useTeam();
  const client = useQueryClient();
  const [scope, setScope] = useState<PurgeScope>('path');
  const [value, setValue] = useState(path ?? '');
  const [asked, setAsked] = useState<'no' | 'wrong' | 'confirm'>('no');
  const words = purgeWords[scope];
  const problem = purgeProblem(scope, value);
  const purge = useMutation({
    mutationFn: () =>
      call(purgeSource, { params: { teamId, sourceId: source.id }, body: requestOf(scope, value) }),
    onSuccess: async () => {
      setAsked('no');
      toastDone(`Purged: ${words.lost(value)}.`);
      await client.invalidateQueries({ queryKey: ['source-purges', teamId, source.id] });
    },
  });
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        setAsked(problem === undefined ? 'confirm' : 'wrong');
      }}
    >
      <Stack gap={12}>
        <SegmentedControl
          size="xs"
          w="fit-content"
          maw="100%"
          className="wl-segments"
          aria-label="What to purge"
          data={purgeChoices}
          value={scope}
          onChange={(next) => {
            setScope(next);
            setValue(next === 'path' ? (path ?? '') : '');
            setAsked('no');
          }}
        />
        <Group gap={8} align="flex-end">
          {words.field !== null && (
            <TextInput
              flex="1 1 240px"
              label={words.field}
              placeholder={words.example}
              spellCheck={false}
              error={asked === 'wrong' ? problem : undefined}
              value={value}
              onChange={({ currentTarget }) => setValue(currentTarget.value)}
            />
          )}
          <Button type="submit" variant="default">
            Purge
          </Button>
        </Group>
      </Stack>
      <Confirm
        opened={asked === 'confirm'}
        onClose={() => setAsked('no')}
        title="Purge the cache"
        button="Purge"
        busy={purge.isPending}
        error={purge.error}
        onConfirm={() => purge.mutate()}
      >
        <Stack gap={8}>
          <span>
            Lost from the caches of this server: {words.lost(value)}. Each is made anew from its original when
            it is asked for next{scope === 'all' ? ', which is slow and busy for a while' : ''}.
          </span>
          <span>Originals stay as they are. Browsers and CDNs keep what Cache-Control allowed them to.</span>
        </Stack>
      </Confirm>
    </form>
  );
};
