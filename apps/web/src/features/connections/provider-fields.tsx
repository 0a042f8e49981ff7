import { Anchor, Input, Select, SegmentedControl, Stack, Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { providerIds, providers, type Addressing } from '@windlass/contract';
import { endpointBlanks } from '../../lib/endpoint-template.ts';
import { embeddedBucketQuery } from '../embedded-bucket/queries.ts';
import { withBlank, withProvider, type ConnectionDraft } from './draft.ts';

interface ProviderFieldsProps {
  teamId: string;
  draft: ConnectionDraft;
  errors: Record<string, string>;
  onChange: (draft: ConnectionDraft) => void;
}

/** Where the bucket is: the provider fills in what follows from it. */
export const ProviderFields = ({ teamId, draft, errors, onChange }: ProviderFieldsProps) => {
  // Only the team that has it is told of it.
  const { data: embedded = null } = useQuery(embeddedBucketQuery(teamId));
  const offered = providerIds.filter(
    (id) => id !== 'embedded' || embedded !== null || draft.provider === 'embedded',
  );
  const preset = providers[draft.provider];
  const blanks = endpointBlanks(draft.provider);
  const set = (change: Partial<ConnectionDraft>) => onChange({ ...draft, ...change });
  return (
    <Stack gap={16}>
      <Select
        label="Provider"
        data={offered.map((id) => ({ value: id, label: providers[id].name }))}
        value={draft.provider}
        allowDeselect={false}
        onChange={(value) => value !== null && onChange(withProvider(draft, value, embedded))}
        description={
          <>
            Keys are made at: {preset.keysHint}.{' '}
            {draft.provider === 'embedded' ? (
              <Anchor component={Link} to="/embedded-bucket" inherit underline="always">
                Embedded bucket
              </Anchor>
            ) : (
              <Anchor href={preset.docsUrl} target="_blank" rel="noreferrer" inherit underline="always">
                Endpoints of {preset.name}
              </Anchor>
            )}
          </>
        }
      />
      <TextInput
        label="Name"
        description="The short name in addresses and on the command line."
        placeholder="photos"
        required
        error={errors['name']}
        value={draft.name}
        onChange={(event) => set({ name: event.currentTarget.value })}
      />
      <TextInput
        label="Bucket"
        required
        spellCheck={false}
        error={errors['bucket']}
        value={draft.bucket}
        onChange={(event) => set({ bucket: event.currentTarget.value })}
      />
      {blanks.account && (
        <TextInput
          label="Account id"
          description="In the dashboard's address and on the R2 overview."
          required
          spellCheck={false}
          error={errors['account']}
          value={draft.account}
          onChange={(event) => onChange(withBlank(draft, { account: event.currentTarget.value }))}
        />
      )}
      <TextInput
        label="Region"
        description={
          preset.regionFixed
            ? 'Fixed for this provider.'
            : 'The check finds the right one where the provider tells it.'
        }
        readOnly={preset.regionFixed}
        required
        spellCheck={false}
        error={errors['region']}
        value={draft.region}
        onChange={(event) => onChange(withBlank(draft, { region: event.currentTarget.value }))}
      />
      <TextInput
        label="Endpoint"
        description={
          blanks.free && draft.provider !== 'embedded'
            ? 'Scheme and host, without the bucket.'
            : 'Filled in from the provider; change it if yours differs.'
        }
        placeholder="https://s3.example.com"
        required
        spellCheck={false}
        inputMode="url"
        error={errors['account'] === undefined ? errors['endpoint'] : undefined}
        value={draft.endpoint}
        onChange={(event) => set({ endpoint: event.currentTarget.value })}
      />
      <AddressingField value={draft.addressing} onChange={(addressing) => set({ addressing })} />
      <TextInput
        label="Prefix"
        description="Only keys below it are used. Empty for the whole bucket; else it ends in a slash."
        placeholder="media/"
        spellCheck={false}
        error={errors['prefix']}
        value={draft.prefix}
        onChange={(event) => set({ prefix: event.currentTarget.value })}
      />
    </Stack>
  );
};

interface AddressingFieldProps {
  value: Addressing;
  onChange: (value: Addressing) => void;
}

/** Path or virtual-hosted addressing, each with what it looks like. */
export const AddressingField = ({ value, onChange }: AddressingFieldProps) => (
  <Input.Wrapper label="Addressing" labelElement="div" labelProps={{ id: 'addressing-label' }}>
    <div>
      <SegmentedControl
        mt={4}
        aria-labelledby="addressing-label"
        data={[
          { value: 'virtual', label: 'Virtual host' },
          { value: 'path', label: 'Path' },
        ]}
        value={value}
        onChange={onChange}
      />
      <Text size="xs" c="dimmed" mt={4}>
        {value === 'virtual' ? 'https://bucket.host/key' : 'https://host/bucket/key'}
      </Text>
    </div>
  </Input.Wrapper>
);
