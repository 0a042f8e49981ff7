import { Button, Group, Stack } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { createConnection, updateConnection, type Connection } from '@windlass/contract';
import { useState } from 'react';
import { call, callVersioned, type Versioned } from '../../lib/api.ts';
import { fieldErrors } from '../../lib/problem.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import {
  draftBody,
  draftOf,
  draftSteps,
  fieldsOf,
  forgetDraft,
  keepDraft,
  keptDraft,
  stepErrors,
  type ConnectionDraft,
  type DraftStep,
} from './draft.ts';
import { JobChoice } from './job-choice.tsx';
import { ProviderFields } from './provider-fields.tsx';

interface DraftFormProps {
  teamId: string;
  step: DraftStep;
  /** The connection, where somebody comes back to these steps. */
  made: Versioned<Connection> | null;
  onStep: (step: DraftStep) => void;
  onMade: (connectionId: string) => void;
}

/** The first two steps as a form: what the bucket is for, and where it is. Enter goes on. */
export const DraftForm = ({ teamId, step, made, onStep, onMade }: DraftFormProps) => {
  const client = useQueryClient();
  const [draft, setDraft] = useState(() => (made === null ? keptDraft() : draftOf(made.value)));
  const [errors, setErrors] = useState<Record<string, string>>({});
  const change = (next: ConnectionDraft) => {
    setDraft(next);
    if (made === null) keepDraft(next);
    setErrors((old) => {
      const now = stepErrors(step, next);
      return Object.fromEntries(Object.entries(old).filter(([path]) => path in now));
    });
  };
  const save = useMutation({
    mutationFn: async (body: ReturnType<typeof draftBody>) => {
      if (made === null) return call(createConnection, { params: { teamId }, body });
      const { value } = await callVersioned(updateConnection, {
        params: { teamId, connectionId: made.value.id },
        body,
        ...(made.etag === null ? {} : { ifMatch: made.etag }),
      });
      return value;
    },
    onSuccess: async ({ id }) => {
      forgetDraft();
      await client.invalidateQueries({ queryKey: ['connections', teamId] });
      await client.invalidateQueries({ queryKey: ['connection', teamId, id] });
      onMade(id);
    },
    onError: (error) => {
      const found = fieldErrors(error);
      setErrors(found);
      const at = draftSteps.find((candidate) => fieldsOf[candidate].some((field) => field in found));
      if (at !== undefined) onStep(at);
    },
  });
  const submit = () => {
    const here = stepErrors(step, draft);
    setErrors(here);
    if (Object.keys(here).length > 0) return;
    if (step === 'job') onStep('bucket');
    // A link straight to the second step may have skipped the first.
    else if (Object.keys(stepErrors('job', draft)).length > 0) onStep('job');
    else save.mutate(draftBody(draft));
  };
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <Stack gap={16} maw={720}>
        {save.isError && <ProblemNotice error={save.error} />}
        {step === 'job' ? (
          <JobChoice
            value={draft.jobs}
            error={errors['jobs']}
            onChange={(jobs) => change({ ...draft, jobs })}
          />
        ) : (
          <ProviderFields teamId={teamId} draft={draft} errors={errors} onChange={change} />
        )}
        <Group justify="space-between" mt={8}>
          {step === 'job' ? (
            <span />
          ) : (
            <Button variant="default" onClick={() => onStep('job')}>
              Back
            </Button>
          )}
          <Button type="submit" loading={save.isPending}>
            Next
          </Button>
        </Group>
      </Stack>
    </form>
  );
};
