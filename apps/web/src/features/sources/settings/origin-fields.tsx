import { SegmentedControl, Select, Stack, Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { SourceKind } from '@windlass/contract';
import { connectionChoicesQuery } from '../../connections/queries.ts';
import { useTeam } from '../../teams/current-team.tsx';
import { isSourceKind, type SourceForm } from './source-values.ts';

interface OriginFieldsProps {
  form: SourceForm;
  /** The connection in use, when it is beyond the first 200. */
  current?: { value: string; label: string };
}

const kindWords = {
  connection: 'A bucket',
  web: 'A web folder',
} as const satisfies Record<SourceKind, string>;

/** Connections to choose from; the one in use is always among them. */
export const useConnectionChoices = (current?: { value: string; label: string }) => {
  const { teamId } = useTeam();
  const choices = useQuery(connectionChoicesQuery(teamId));
  const data = (choices.data?.items ?? []).map(({ id, name }) => ({ value: String(id), label: name }));
  if (current !== undefined && data.every(({ value }) => value !== current.value)) data.push(current);
  return { data, loading: choices.isPending };
};

/** Where the originals come from. */
export const OriginFields = ({ form, current }: OriginFieldsProps) => {
  const { data, loading } = useConnectionChoices(current);
  const { kind } = form.values;
  return (
    <Stack gap={16}>
      <TextInput
        label="Name"
        description="The first part of every image URL; unique on this server."
        required
        spellCheck={false}
        {...form.getInputProps('name')}
      />
      <div>
        <Text size="sm" fw={500} id="source-kind">
          Originals come from
        </Text>
        <SegmentedControl
          mt={4}
          aria-labelledby="source-kind"
          data={Object.entries(kindWords).map(([value, label]) => ({ value, label }))}
          value={kind}
          onChange={(value) => isSourceKind(value) && form.setFieldValue('kind', value)}
        />
      </div>
      {kind === 'connection' ? (
        <Select
          label="Connection"
          data={data}
          searchable
          allowDeselect={false}
          required
          nothingFoundMessage="No connection has this name"
          placeholder={loading ? 'Loading' : 'Choose a connection'}
          {...form.getInputProps('connectionId')}
        />
      ) : (
        <TextInput
          label="Base URL"
          description="A folder that anybody can read by http or https. Every path of the source is below it; the server never asks for anything else, nor for addresses of a private network."
          required
          type="url"
          inputMode="url"
          spellCheck={false}
          placeholder="https://www.example.com/media/"
          {...form.getInputProps('webBaseUrl')}
        />
      )}
      <TextInput
        label="Prefix"
        description={
          kind === 'connection'
            ? 'Put before every path, inside the connection’s own prefix. Empty, or ends in a slash.'
            : 'Put before every path, below the base URL. Empty, or ends in a slash.'
        }
        spellCheck={false}
        {...form.getInputProps('prefix')}
      />
    </Stack>
  );
};
