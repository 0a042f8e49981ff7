import { Group, SimpleGrid, Stack, Switch, TextInput } from '@mantine/core';
import type { ProviderId } from '@windlass/contract';
import { providerProfiles } from '@windlass/policy/generate';
import type { Setup, SetupChoice, SetupFacts } from './setup-input.ts';

interface SetupChoicesProps {
  choice: SetupChoice;
  facts: SetupFacts;
  provider: ProviderId;
  problem: Setup['problem'];
  onChange: (choice: SetupChoice) => void;
}

/** What the person knows and we do not, and what may be made stricter still. */
export const SetupChoices = ({ choice, facts, provider, problem, onChange }: SetupChoicesProps) => {
  const profile = providerProfiles[provider];
  const aws = provider === 'aws';
  const set = (change: Partial<SetupChoice>) => onChange({ ...choice, ...change });
  const errorOf = (...fields: string[]) =>
    problem !== null && fields.includes(problem.field) ? problem.message : undefined;
  const iam = profile.policyKinds.includes('identity');
  const addOns = profile.policyKinds.includes('bucket');
  if (!iam && !addOns) return null;
  return (
    <Stack gap={16}>
      <SimpleGrid cols={{ base: 1, sm: 2 }} spacing={16}>
        {choice.kind === 'role' && (
          <TextInput
            label="Who assumes the role"
            description={
              facts.platformPrincipal === null
                ? 'ARN of the user whose key you will give; it needs no other right.'
                : 'Empty: this server’s own identity.'
            }
            placeholder={facts.platformPrincipal ?? 'arn:aws:iam::111122223333:user/windlass'}
            spellCheck={false}
            error={errorOf('trust', 'trust.principal')}
            value={choice.assumedBy}
            onChange={(event) => set({ assumedBy: event.currentTarget.value })}
          />
        )}
        {(aws || (choice.kind === 'webIdentity' && provider !== 'embedded')) && (
          <TextInput
            label={aws ? 'AWS account id' : 'Account id'}
            description="Twelve digits, of the account that owns the bucket."
            placeholder="111122223333"
            inputMode="numeric"
            error={errorOf('accountId')}
            value={choice.accountId}
            onChange={(event) => set({ accountId: event.currentTarget.value })}
          />
        )}
        {aws && (
          <TextInput
            label="KMS key"
            description="ARN, where the bucket encrypts with a key of your own."
            placeholder="arn:aws:kms:eu-central-1:111122223333:key/…"
            spellCheck={false}
            error={errorOf('addOns.kmsKey', 'kmsKey')}
            value={choice.kmsKey}
            onChange={(event) => set({ kmsKey: event.currentTarget.value })}
          />
        )}
      </SimpleGrid>
      {addOns && (
        <Group gap={24}>
          {/* Where nothing comes over TLS, such a policy would shut everybody out. */}
          {profile.tls !== false && (
            <Switch
              label="Refuse requests without TLS"
              checked={choice.tlsOnly}
              onChange={(event) => set({ tlsOnly: event.currentTarget.checked })}
            />
          )}
          {profile.conditionalWrites === true && (
            <Switch
              label="Write once: nothing is overwritten"
              checked={choice.writeOnce}
              onChange={(event) => set({ writeOnce: event.currentTarget.checked })}
            />
          )}
          {aws && (
            <Switch
              label="Only while the bucket is in this account"
              disabled={choice.accountId.trim() === ''}
              checked={choice.accountPin && choice.accountId.trim() !== ''}
              onChange={(event) => set({ accountPin: event.currentTarget.checked })}
            />
          )}
        </Group>
      )}
    </Stack>
  );
};
