import { Stepper } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { createConnection } from '@windlass/contract';
import { useState } from 'react';
import {
  draftBody,
  forgetDraft,
  keepDraft,
  keptDraft,
  stepErrors,
  wizardSteps,
  type ConnectionDraft,
  type WizardStep,
} from '../../features/connections/draft.ts';
import { FirstCheck } from '../../features/connections/first-check.tsx';
import { WizardForm } from '../../features/connections/wizard-form.tsx';
import { useTeam } from '../../features/teams/current-team.tsx';
import { call } from '../../lib/api.ts';
import { fieldErrors } from '../../lib/problem.ts';
import { PageHeader } from '../../ui/page-header.tsx';

const route = getRouteApi('/app/connections/new');

/** Without the group's name: the form's fields are flat. */
const flat = (errors: Record<string, string>) =>
  Object.fromEntries(Object.entries(errors).map(([path, text]) => [path.replace('credentials.', ''), text]));

/** The way to a connection, step by step; what was typed is kept for this tab, the secret is not. */
export const NewConnectionScreen = () => {
  const { teamId } = useTeam();
  const { step = 'job', made } = route.useSearch();
  const navigate = useNavigate({ from: '/connections/new' });
  const client = useQueryClient();
  const [draft, setDraft] = useState(keptDraft);
  const [errors, setErrors] = useState<Record<string, string>>({});
  const goTo = (next: WizardStep) => void navigate({ search: (old) => ({ ...old, step: next }) });
  const change = (next: ConnectionDraft) => {
    setDraft(next);
    keepDraft(next);
    setErrors((old) => {
      const now = stepErrors(step, next);
      return Object.fromEntries(Object.entries(old).filter(([path]) => path in now));
    });
  };
  const create = useMutation({
    mutationFn: (body: ReturnType<typeof draftBody>) => call(createConnection, { params: { teamId }, body }),
    onSuccess: async (connection) => {
      forgetDraft();
      setDraft((old) => ({ ...old, accessKeyId: '', secretAccessKey: '', sessionToken: '' }));
      await client.invalidateQueries({ queryKey: ['connections', teamId] });
      await navigate({ search: (old) => ({ ...old, step: undefined, made: connection.id }), replace: true });
    },
    onError: (error) => {
      const found = flat(fieldErrors(error));
      setErrors(found);
      const at = wizardSteps.find((candidate) =>
        Object.keys(found).some((path) => fieldsOf[candidate].includes(path)),
      );
      if (at !== undefined) goTo(at);
    },
  });
  const submit = () => {
    const wrong = wizardSteps.find((candidate) => Object.keys(stepErrors(candidate, draft)).length > 0);
    const here = stepErrors(step, draft);
    setErrors(here);
    if (Object.keys(here).length > 0) return;
    if (step === 'job') goTo('bucket');
    else if (step === 'bucket') goTo('credentials');
    // A link straight to the last step may have skipped the earlier ones.
    else if (wrong === undefined) create.mutate(draftBody(draft));
    else goTo(wrong);
  };
  const active = made === undefined ? wizardSteps.indexOf(step) : wizardSteps.length;
  return (
    <div style={{ maxWidth: 720 }}>
      <PageHeader
        title="Connect a bucket"
        about="The bucket and its objects stay yours and where they are."
      />
      <Stepper
        active={active}
        size="xs"
        className="wl-stepper"
        wrap={false}
        iconSize={28}
        mb={24}
        onStepClick={(index) => {
          const target = wizardSteps[index];
          if (target !== undefined) goTo(target);
        }}
      >
        {['Job', 'Bucket', 'Credentials', 'Check'].map((label, index) => (
          <Stepper.Step key={label} label={label} allowStepSelect={made === undefined && index < active} />
        ))}
      </Stepper>
      {made === undefined ? (
        <WizardForm
          step={step}
          draft={draft}
          errors={errors}
          failure={create.error}
          busy={create.isPending}
          onChange={change}
          onSubmit={submit}
          onBack={() => goTo(step === 'credentials' ? 'bucket' : 'job')}
        />
      ) : (
        <FirstCheck teamId={teamId} connectionId={made} />
      )}
    </div>
  );
};

const fieldsOf: Record<WizardStep, readonly string[]> = {
  job: ['jobs'],
  bucket: ['provider', 'name', 'bucket', 'region', 'account', 'endpoint', 'addressing', 'prefix'],
  credentials: ['accessKeyId', 'secretAccessKey', 'sessionToken'],
};
