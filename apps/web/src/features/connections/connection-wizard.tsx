import { Stepper } from '@mantine/core';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import type { Connection, CredentialKind } from '@windlass/contract';
import { useState } from 'react';
import type { Versioned } from '../../lib/api.ts';
import { DraftForm } from './draft-form.tsx';
import { isDraftStep, wizardSteps, type WizardStep } from './draft.ts';
import { FirstCheck } from './first-check.tsx';
import { ReplaceCredentials } from './replace-credentials.tsx';
import { RightsStep } from './rights-step.tsx';
import { noChoice } from './setup-input.ts';

const route = getRouteApi('/app/connections/new');

const labels: Record<WizardStep, string> = {
  job: 'Job',
  bucket: 'Bucket',
  rights: 'Rights',
  credentials: 'Credentials',
  check: 'Check',
};

interface ConnectionWizardProps {
  teamId: string;
  /** The connection, once the first two steps have made it: whoever leaves finds it in the list and goes on. */
  made: Versioned<Connection> | null;
}

/** The steps to a connection that is proven. The step is in the address, so that back works. */
export const ConnectionWizard = ({ teamId, made }: ConnectionWizardProps) => {
  const { step: asked = made === null ? 'job' : 'rights' } = route.useSearch();
  const navigate = useNavigate({ from: '/connections/new' });
  const [kind, setKind] = useState<CredentialKind>();
  const [choice, setChoice] = useState(noChoice);
  // Nothing but the draft can be shown before there is a connection.
  const step = made === null && !isDraftStep(asked) ? 'job' : asked;
  const goTo = (next: WizardStep, id: string | undefined = made?.value.id) =>
    void navigate({ search: (old) => ({ ...old, step: next, made: id }) });
  const active = wizardSteps.indexOf(step);
  return (
    <>
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
        {wizardSteps.map((each, index) => (
          <Stepper.Step
            key={each}
            label={labels[each]}
            allowStepSelect={index < active || (made !== null && each !== 'check')}
          />
        ))}
      </Stepper>
      {isDraftStep(step) && (
        <DraftForm
          teamId={teamId}
          step={step}
          made={made}
          onStep={goTo}
          onMade={(id) => goTo('rights', id)}
        />
      )}
      {made !== null && step === 'rights' && (
        <RightsStep
          teamId={teamId}
          connection={made.value}
          kind={kind}
          onKind={setKind}
          choice={choice}
          onChoice={setChoice}
          onBack={() => goTo('bucket')}
          onNext={() => goTo('credentials')}
          onProvisioned={() => goTo('check')}
        />
      )}
      {made !== null && step === 'credentials' && (
        <ReplaceCredentials
          teamId={teamId}
          connection={made.value}
          {...(kind === undefined ? {} : { kind })}
          choice={choice}
          button="Check and connect"
          onCancel={() => goTo('rights')}
          cancelWord="Back"
          onDone={() => goTo('check')}
        />
      )}
      {made !== null && step === 'check' && <FirstCheck teamId={teamId} connectionId={made.value.id} />}
    </>
  );
};
