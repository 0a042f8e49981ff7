import { ColorInput, Select, Stack, Textarea, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { connectionChoicesQuery } from '../../../connections/queries.ts';
import { takesOrders } from '../../../connections/takes-uploads.ts';
import { useTeam } from '../../../teams/current-team.tsx';
import type { DropForm } from '../drop-values.ts';
import { LogoField } from './logo-field.tsx';

const slugOf = (title: string): string =>
  title
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 60)
    .replace(/-+$/, '');

const swatches = ['#0b7285', '#0c6b6a', '#1864ab', '#5f3dc4', '#a61e4d', '#b3480f', '#2b6a1f', '#343a40'];

interface PageFieldsProps {
  form: DropForm;
  /** A page that is there keeps its address when its title changes. */
  isNew: boolean;
}

/** What the page is called, where it is, and how it looks. */
export const PageFields = ({ form, isNew }: PageFieldsProps) => (
  <Stack gap={16}>
    <TextInput
      label="Title"
      required
      maxLength={120}
      {...form.getInputProps('title')}
      onChange={({ currentTarget: { value } }) => {
        const follows = isNew && form.values.name === slugOf(form.values.title);
        form.setFieldValue('title', value);
        if (follows) form.setFieldValue('name', slugOf(value));
      }}
    />
    <TextInput
      label="Address"
      description={
        isNew
          ? `The last part of the link: ${location.origin}/d/${form.values.name === '' ? '…' : form.values.name}`
          : 'The last part of the link. With another one, links and QR codes that are out there stop working.'
      }
      required
      spellCheck={false}
      {...form.getInputProps('name')}
    />
    <Textarea
      label="Text"
      description="Above the form: prices, how long it takes, where to collect. Lines and paragraphs are kept."
      autosize
      minRows={3}
      maxRows={12}
      {...form.getInputProps('text')}
    />
    <LogoField value={form.values.logo} onChange={(logo) => form.setFieldValue('logo', logo)} />
    <ColorInput
      label="Colour"
      description="Of buttons and marks on the page."
      format="hex"
      swatches={swatches}
      eyeDropperButtonProps={{ 'aria-label': 'Take a colour from the screen' }}
      {...form.getInputProps('color')}
      onChange={(color) => form.setFieldValue('color', color.toLowerCase())}
    />
  </Stack>
);

interface BucketFieldProps {
  form: DropForm;
  current?: { value: string; label: string };
}

/** Where the files go. */
export const BucketField = ({ form, current }: BucketFieldProps) => {
  const { teamId } = useTeam();
  const choices = useQuery(connectionChoicesQuery(teamId));
  const items = choices.data?.items ?? [];
  const data: { value: string; label: string; disabled?: boolean }[] = items.map((connection) => ({
    value: String(connection.id),
    label: takesOrders(connection) ? connection.name : `${connection.name}, without the job “Ingest”`,
    disabled: !takesOrders(connection),
  }));
  if (current !== undefined && data.every(({ value }) => value !== current.value)) data.push(current);
  const chosen = items.find(({ id }) => id === form.values.connectionId);
  return (
    <Select
      label="Connection"
      description={
        chosen === undefined || takesOrders(chosen)
          ? 'Files go into its bucket, under orders/ and the number of the order.'
          : 'This connection takes no uploads any more: add the job “Ingest” to it again.'
      }
      data={data}
      searchable
      allowDeselect={false}
      required
      nothingFoundMessage="No connection has this name"
      placeholder={choices.isPending ? 'Loading' : 'Choose a connection'}
      {...form.getInputProps('connectionId')}
      value={form.values.connectionId === '' ? null : form.values.connectionId}
      onChange={(value) => form.setFieldValue('connectionId', value ?? '')}
    />
  );
};
