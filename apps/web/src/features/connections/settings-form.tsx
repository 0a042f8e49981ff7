import { Checkbox, Select, SimpleGrid, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import {
  checkIntervals,
  connectionSettings,
  jobs,
  providers,
  updateConnection,
  type Connection,
} from '@windlass/contract';
import { callVersioned } from '../../lib/api.ts';
import { jobWords } from '../../lib/connection-state.ts';
import { fieldErrors } from '../../lib/problem.ts';
import { validateWith } from '../../lib/validate.ts';
import { Facts } from '../../ui/facts.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { SaveBar } from '../../ui/save-bar.tsx';
import { Section } from '../../ui/section.tsx';
import { toastDone } from '../../ui/toast.ts';
import { useTeam } from '../teams/current-team.tsx';
import { AddressingField } from './provider-fields.tsx';

interface SettingsFormProps {
  connection: Connection;
  /** Of the representation that the form was filled from. */
  etag: string | null;
  mayWrite: boolean;
}

const editable = connectionSettings.omit({ provider: true });

const intervalWords: Record<(typeof checkIntervals)[number], string> = {
  0: 'Only when asked for',
  1: 'Every hour',
  6: 'Every 6 hours',
  24: 'Every day',
};

const settingsOf = ({
  name,
  bucket,
  region,
  endpoint,
  addressing,
  prefix,
  jobs: chosen,
  checkEveryHours,
}: Connection) => ({
  name,
  bucket,
  region,
  endpoint,
  addressing,
  prefix,
  jobs: chosen,
  checkEveryHours,
});

const ReadOnly = ({ connection }: { connection: Connection }) => (
  <Facts
    facts={[
      { name: 'Provider', value: providers[connection.provider].name },
      { name: 'Bucket', value: connection.bucket },
      { name: 'Region', value: connection.region },
      { name: 'Endpoint', value: connection.endpoint },
      { name: 'Addressing', value: connection.addressing },
      { name: 'Prefix', value: connection.prefix === '' ? 'none: the whole bucket' : connection.prefix },
      { name: 'Jobs', value: connection.jobs.map((job) => jobWords[job].word).join(', ') },
      { name: 'Checked', value: intervalWords[connection.checkEveryHours] },
    ]}
  />
);

/** Edits a connection. The ETag goes along, so that nobody's change is lost. */
export const SettingsForm = ({ connection, etag, mayWrite }: SettingsFormProps) => {
  const { teamId } = useTeam();
  const client = useQueryClient();
  const form = useForm({ initialValues: settingsOf(connection), validate: validateWith(editable) });
  const save = useMutation({
    mutationFn: (body: typeof form.values) =>
      callVersioned(updateConnection, {
        params: { teamId, connectionId: connection.id },
        body,
        ...(etag === null ? {} : { ifMatch: etag }),
      }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['connection', teamId, connection.id] });
      await client.invalidateQueries({ queryKey: ['connections', teamId] });
      toastDone('The settings are saved.');
    },
    onError: (error) => form.setErrors(fieldErrors(error)),
  });
  return (
    <div className="wl-card">
      <Section title="Settings">
        {mayWrite ? (
          <form noValidate onSubmit={form.onSubmit((values) => save.mutate(values))}>
            <Stack gap={12}>
              {save.isError && <ProblemNotice error={save.error} />}
              <Text size="sm" c="dimmed">
                {providers[connection.provider].name}. Another bucket, region, endpoint or prefix makes the
                state unverified until the next check.
              </Text>
              <TextInput label="Name" required {...form.getInputProps('name')} />
              <TextInput label="Bucket" required spellCheck={false} {...form.getInputProps('bucket')} />
              <TextInput label="Region" required spellCheck={false} {...form.getInputProps('region')} />
              <TextInput label="Endpoint" required spellCheck={false} {...form.getInputProps('endpoint')} />
              <AddressingField
                value={form.values.addressing}
                onChange={(addressing) => form.setFieldValue('addressing', addressing)}
              />
              <TextInput
                label="Prefix"
                spellCheck={false}
                placeholder="the whole bucket"
                {...form.getInputProps('prefix')}
              />
              <Checkbox.Group label="Jobs" {...form.getInputProps('jobs')}>
                <SimpleGrid cols={2} spacing={8} mt={4}>
                  {jobs.map((job) => (
                    <Checkbox key={job} value={job} label={jobWords[job].word} />
                  ))}
                </SimpleGrid>
              </Checkbox.Group>
              <Select
                label="Check it by itself"
                description="A change of state is kept in the history, and sent to webhooks."
                allowDeselect={false}
                data={checkIntervals.map((hours) => ({ value: String(hours), label: intervalWords[hours] }))}
                value={String(form.values.checkEveryHours)}
                onChange={(value) => {
                  const hours = checkIntervals.find((choice) => String(choice) === value);
                  if (hours !== undefined) form.setFieldValue('checkEveryHours', hours);
                }}
              />
              <SaveBar form={form} saving={save.isPending} />
            </Stack>
          </form>
        ) : (
          <ReadOnly connection={connection} />
        )}
      </Section>
    </div>
  );
};
