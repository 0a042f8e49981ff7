import { Button, Group, Skeleton, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { providers, type Connection, type CredentialKind } from '@windlass/contract';
import { providerProfiles } from '@windlass/policy';
import { useState } from 'react';
import { jobWords } from '../../lib/connection-state.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { Section } from '../../ui/section.tsx';
import { SetupDocuments } from '../policy-documents/setup-documents.tsx';
import { KindChoice } from './credential-fields.tsx';
import { kindsFor } from './credential-kinds.ts';
import { connectionSetupQuery } from './queries.ts';
import { SetupChoices } from './setup-choices.tsx';
import { noChoice, setupInput, setupOf, type SetupFacts } from './setup-input.ts';

interface RightsStepProps {
  teamId: string;
  connection: Connection;
  kind: CredentialKind | undefined;
  onKind: (kind: CredentialKind) => void;
  onBack: () => void;
  onNext: () => void;
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

const Rights = ({
  connection,
  facts,
  kind,
  onKind,
  onBack,
  onNext,
}: RightsStepProps & { facts: SetupFacts }) => {
  const kinds = kindsFor(connection.provider, facts);
  const [rest, setRest] = useState(noChoice);
  const chosen = kind ?? kinds[0] ?? 'accessKey';
  const choice = { ...rest, kind: chosen };
  const { input, documents, problem } = setupOf(setupInput(connection, facts, choice));
  const profile = providerProfiles[connection.provider];
  const below = connection.prefix === '' ? 'the whole bucket' : `keys below ${connection.prefix}`;
  return (
    <Stack gap={24}>
      <Section
        title="How we sign in"
        about={`At ${providers[connection.provider].name}, for ${below} of ${connection.bucket}: ${connection.jobs
          .map((job) => jobWords[job].word.toLowerCase())
          .join(', ')}.`}
      >
        <Stack gap={16}>
          {kinds.length > 1 && <KindChoice kinds={kinds} value={chosen} onChange={onKind} />}
          <SetupChoices
            choice={choice}
            facts={facts}
            profile={profile}
            problem={problem}
            onChange={setRest}
          />
        </Stack>
      </Section>
      <Section
        title="What to set up"
        about="Made for this connection, and no wider than its jobs. Nothing here is secret."
      >
        {documents === null ? (
          <Text c="dimmed">{problem?.message ?? ''}</Text>
        ) : (
          <SetupDocuments input={input} documents={documents} options={{ endpoint: connection.endpoint }} />
        )}
      </Section>
      <Group justify="space-between">
        <Button variant="default" onClick={onBack}>
          Back
        </Button>
        <Button
          onClick={() => {
            onKind(chosen);
            onNext();
          }}
        >
          I have it: enter the credentials
        </Button>
      </Group>
    </Stack>
  );
};
