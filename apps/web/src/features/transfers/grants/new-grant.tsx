import { Button, Group, NumberInput, Select, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { createUploadGrant, type Connection } from '@windlass/contract';
import { call } from '../../../lib/api.ts';
import { fieldErrors } from '../../../lib/problem.ts';
import { validateWith } from '../../../lib/validate.ts';
import { BytesInput } from '../../../ui/bytes-input.tsx';
import { MediaTypesInput } from '../../../ui/media-types-input.tsx';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';
import { useTeam } from '../../teams/current-team.tsx';
import { conflictWords } from '../transfer-words.ts';
import { GrantMade } from './grant-made.tsx';
import { grantBody, grantErrors, grantTimes, newGrantValues, type GrantValues } from './grant-values.ts';

const validate = validateWith(createUploadGrant.body);

interface NewGrantProps {
  connection: Connection;
  onClose: () => void;
}

/** Makes an upload grant and shows its token once. */
export const NewGrant = ({ connection, onClose }: NewGrantProps) => {
  const { teamId } = useTeam();
  const client = useQueryClient();
  const form = useForm<GrantValues>({
    initialValues: newGrantValues,
    validate: (values) => grantErrors(validate(grantBody(connection.id, values))),
  });
  const make = useMutation({
    mutationFn: (values: GrantValues) =>
      call(createUploadGrant, { params: { teamId }, body: grantBody(connection.id, values) }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['upload-grants', teamId] }),
    onError: (error) => form.setErrors(grantErrors(fieldErrors(error))),
  });
  if (make.data !== undefined)
    return <GrantMade connection={connection} made={make.data} onClose={onClose} />;
  return (
    <form noValidate onSubmit={form.onSubmit((values) => make.mutate(values))}>
      <Stack gap={16}>
        {make.isError && <ProblemNotice error={make.error} />}
        <TextInput
          data-autofocus
          label="Below"
          description={
            connection.prefix === ''
              ? 'A prefix of the bucket. Empty: anywhere in it.'
              : `A prefix inside ${connection.prefix}. Empty: all of it.`
          }
          placeholder="incoming/"
          spellCheck={false}
          {...form.getInputProps('prefix')}
        />
        <Select
          label="Good for"
          allowDeselect={false}
          data={[...grantTimes]}
          {...form.getInputProps('expiresInSeconds')}
        />
        <MediaTypesInput
          value={form.values.types}
          onChange={(types) => form.setFieldValue('types', types)}
          error={form.errors['types']}
        />
        <NumberInput
          label="Most files"
          placeholder="No bound"
          min={1}
          max={1_000_000}
          thousandSeparator=","
          {...form.getInputProps('maxFiles')}
        />
        <Group gap={16} grow preventGrowOverflow={false} align="flex-start">
          <BytesInput
            label="Largest file"
            placeholder="No bound"
            value={form.values.maxFileBytes}
            onChange={(bytes) => form.setFieldValue('maxFileBytes', bytes)}
            error={form.errors['maxFileBytes']}
          />
          <BytesInput
            label="All together"
            placeholder="No bound"
            value={form.values.maxTotalBytes}
            onChange={(bytes) => form.setFieldValue('maxTotalBytes', bytes)}
            error={form.errors['maxTotalBytes']}
          />
        </Group>
        <Select
          label="A name that is there already"
          description="Nothing is ever overwritten."
          allowDeselect={false}
          data={Object.entries(conflictWords).map(([value, label]) => ({ value, label }))}
          {...form.getInputProps('onConflict')}
        />
        <Group justify="flex-end" gap={8}>
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={make.isPending}>
            Make the grant
          </Button>
        </Group>
      </Stack>
    </form>
  );
};
