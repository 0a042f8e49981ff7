import { Button, Group, SegmentedControl, Skeleton, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { providers, type Connection, type CredentialKind } from '@windlass/contract';
import { useState } from 'react';
import { jobWords } from '../../lib/connection-state.ts';
import { sentence } from '../../lib/format.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { Section } from '../../ui/section.tsx';
import { SetupDocuments } from '../policy-documents/setup-documents.tsx';
import { embeddedBucketQuery } from '../embedded-bucket/queries.ts';
import { ProvisionPanel } from '../provisioning/provision-panel.tsx';
import { KindChoice } from './credential-fields.tsx';
import { kindsFor } from './credential-kinds.ts';
import { connectionSetupQuery } from './queries.ts';
import { SetupChoices } from './setup-choices.tsx';
import { setupInput, setupOf, type SetupChoice, type SetupFacts } from './setup-input.ts';

interface RightsStepProps {
  teamId: string;
  connection: Connection;
  kind: CredentialKind | undefined;
  onKind: (kind: CredentialKind) => void;
  choice: SetupChoice;
  onChoice: (choice: SetupChoice) => void;
  onBack: () => void;
  onNext: () => void;
  /** Everything is made, and the connection has its credentials. */
  onProvisioned: () => void;
}

/** The exact documents for this bucket and these jobs: what to make, where, and what to paste. */
export const RightsStep = (props: RightsStepProps) => {
  const query = useQuery(connectionSetupQuery(props.teamId, props.connection.id));
  if (query.data !== undefined) return <Rights {...props} facts={query.data} />;
  return query.isError ? (
    <ProblemNotice error={query.error} retry={() => void query.refetch()} />
  ) : (
    <Skeleton height={320} />
  );
};

const Rights = (props: RightsStepProps & { facts: SetupFacts }) => {
  const { teamId, connection, facts, kind, onKind, onBack, onNext, onProvisioned } = props;
  const { choice: typed, onChoice } = props;
  const kinds = kindsFor(connection.provider, facts);
  const [who, setWho] = useState<'person' | 'windlass'>('person');
  const chosen = kind ?? kinds[0] ?? 'accessKey';
  // Of the embedded bucket we know the account that somebody would have to look up elsewhere.
  const isEmbedded = connection.provider === 'embedded';
  const { data: embedded } = useQuery({ ...embeddedBucketQuery(teamId), enabled: isEmbedded });
  const known = isEmbedded ? embedded?.accountId : undefined;
  const choice = { ...typed, kind: chosen, accountId: known ?? typed.accountId };
  const { input, documents, problem } = setupOf(setupInput(connection, facts, choice), chosen);
  const below = connection.prefix === '' ? 'the whole bucket' : `keys below ${connection.prefix}`;
  const jobs = connection.jobs.map((job) => jobWords[job].word.toLowerCase()).join(', ');
  return (
    <Stack gap={24}>
      <Section
        title="How we sign in"
        about={`At ${providers[connection.provider].name}, for ${below} of ${connection.bucket}: ${jobs}.`}
      >
        {kinds.length > 1 && <KindChoice kinds={kinds} value={chosen} onChange={onKind} />}
      </Section>
      <Section
        title="What to set up"
        about="Made for this connection, and no wider than its jobs. Nothing here is secret."
      >
        <SegmentedControl
          aria-label="Who sets it up"
          w="fit-content"
          data={[
            { value: 'person', label: 'I set it up' },
            { value: 'windlass', label: 'Windlass sets it up' },
          ]}
          value={who}
          onChange={setWho}
        />
        {who === 'windlass' ? (
          <ProvisionPanel teamId={teamId} connection={connection} kind={chosen} onDone={onProvisioned} />
        ) : (
          <Stack gap={16}>
            <SetupChoices
              choice={choice}
              facts={facts}
              provider={connection.provider}
              problem={problem}
              onChange={onChoice}
            />
            {documents === null ? (
              <div className="wl-notice" data-tone="attention" role="status">
                {sentence(problem?.message ?? '')}
              </div>
            ) : (
              <SetupDocuments
                input={input}
                documents={documents}
                options={{ endpoint: connection.endpoint }}
              />
            )}
          </Stack>
        )}
      </Section>
      <Group justify="space-between">
        <Button variant="default" onClick={onBack}>
          Back
        </Button>
        {who === 'person' && (
          <Button
            onClick={() => {
              onKind(chosen);
              onNext();
            }}
          >
            I have it: enter the credentials
          </Button>
        )}
      </Group>
    </Stack>
  );
};
