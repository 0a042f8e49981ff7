import { Button, Group, Stack } from '@mantine/core';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { CredentialFields } from './credential-fields.tsx';
import type { ConnectionDraft, WizardStep } from './draft.ts';
import { JobChoice } from './job-choice.tsx';
import { ProviderFields } from './provider-fields.tsx';

interface WizardFormProps {
  step: WizardStep;
  draft: ConnectionDraft;
  errors: Record<string, string>;
  failure: unknown;
  busy: boolean;
  onChange: (draft: ConnectionDraft) => void;
  onSubmit: () => void;
  onBack: () => void;
}

/** One step of the wizard as a form: Enter goes on. */
export const WizardForm = ({
  step,
  draft,
  errors,
  failure,
  busy,
  onChange,
  onSubmit,
  onBack,
}: WizardFormProps) => (
  <form
    noValidate
    onSubmit={(event) => {
      event.preventDefault();
      onSubmit();
    }}
  >
    <Stack gap={16}>
      {failure !== null && <ProblemNotice error={failure} />}
      {step === 'job' && (
        <JobChoice
          value={draft.jobs}
          error={errors['jobs']}
          onChange={(jobs) => onChange({ ...draft, jobs })}
        />
      )}
      {step === 'bucket' && <ProviderFields draft={draft} errors={errors} onChange={onChange} />}
      {step === 'credentials' && (
        <CredentialFields
          values={draft}
          errors={errors}
          onChange={(values) => onChange({ ...draft, ...values })}
        />
      )}
      <Group justify="space-between" mt={8}>
        {step === 'job' ? (
          <span />
        ) : (
          <Button variant="default" onClick={onBack}>
            Back
          </Button>
        )}
        <Button type="submit" loading={busy}>
          {step === 'credentials' ? 'Connect and check' : 'Next'}
        </Button>
      </Group>
    </Stack>
  </form>
);
