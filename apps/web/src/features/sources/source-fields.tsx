import { NumberInput, Select, Stack, Switch, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { FieldProps } from '../../lib/field-props.ts';
import { Fold } from '../../ui/fold.tsx';
import { useTeam } from '../teams/current-team.tsx';
import { connectionChoicesQuery } from '../connections/queries.ts';
import type { SourceValues } from './source-values.ts';

interface SourceFieldsProps {
  form: { getInputProps: (path: keyof SourceValues, options?: { type: 'checkbox' }) => FieldProps };
  /** True on the way to a new source: what only experts change is folded. */
  fold: boolean;
  /** The connection in use, when it is beyond the first 200. */
  current?: { value: string; label: string };
}

const Limits = ({ form }: Pick<SourceFieldsProps, 'form'>) => (
  <Stack gap={12}>
    <NumberInput
      label="Cache time, seconds"
      description="Browsers and CDNs keep a picture this long."
      min={0}
      thousandSeparator=","
      {...form.getInputProps('maxAgeSeconds')}
    />
    <NumberInput
      label="Largest original, MiB"
      min={0}
      decimalScale={3}
      {...form.getInputProps('maxInputMebibytes')}
    />
    <NumberInput
      label="Largest original, pixels"
      min={1}
      thousandSeparator=","
      {...form.getInputProps('maxInputPixels')}
    />
    <NumberInput label="Most frames" min={1} {...form.getInputProps('maxInputFrames')} />
    <NumberInput
      label="Longest side of the answer, pixels"
      min={1}
      thousandSeparator=","
      {...form.getInputProps('maxOutputSide')}
    />
  </Stack>
);

/** Every setting of a source. */
export const SourceFields = ({ form, fold, current }: SourceFieldsProps) => {
  const { teamId } = useTeam();
  const choices = useQuery(connectionChoicesQuery(teamId));
  const data = (choices.data?.items ?? []).map(({ id, name }) => ({ value: String(id), label: name }));
  if (current !== undefined && data.every(({ value }) => value !== current.value)) data.push(current);
  return (
    <Stack gap={16}>
      <TextInput
        label="Name"
        description="The first part of every image URL; unique on this server."
        required
        spellCheck={false}
        {...form.getInputProps('name')}
      />
      <Select
        label="Connection"
        data={data}
        searchable
        allowDeselect={false}
        required
        nothingFoundMessage="No connection has this name"
        placeholder={choices.isPending ? 'Loading' : 'Choose a connection'}
        {...form.getInputProps('connectionId')}
      />
      <TextInput
        label="Prefix"
        description="Put before every path, inside the connection's own prefix. Empty, or ends in a slash."
        spellCheck={false}
        {...form.getInputProps('prefix')}
      />
      <Switch
        label="Signed URLs only"
        description="Without a signature anybody who knows a path may ask for any size of it."
        {...form.getInputProps('secured', { type: 'checkbox' })}
      />
      <TextInput
        label="Default parameters"
        description="Used where a URL does not set the same name, e.g. format=webp&quality=80."
        spellCheck={false}
        {...form.getInputProps('defaultParameters')}
      />
      {fold ? (
        <Fold label="Cache time and limits">
          <Limits form={form} />
        </Fold>
      ) : (
        <Limits form={form} />
      )}
    </Stack>
  );
};
