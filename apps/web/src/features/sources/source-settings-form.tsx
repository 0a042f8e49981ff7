import { Stack } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { sourceSettings, updateSource, type Source } from '@windlass/contract';
import { call } from '../../lib/api.ts';
import { fieldErrors } from '../../lib/problem.ts';
import { validateWith } from '../../lib/validate.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { SaveBar } from '../../ui/save-bar.tsx';
import { Section } from '../../ui/section.tsx';
import { toastDone } from '../../ui/toast.ts';
import { useTeam } from '../teams/current-team.tsx';
import { SourceFields } from './source-fields.tsx';
import { formErrors, sourceBody, valuesOf, type SourceValues } from './source-values.ts';

interface SourceSettingsFormProps {
  source: Source;
  /** Of the representation that the form was filled from. */
  etag: string | null;
  onKeys: (keys: { secureKey: string; secureSalt: string } | null) => void;
}

const validate = validateWith(sourceSettings);

/** Edits a source. The ETag goes along, so that nobody's change is lost. */
export const SourceSettingsForm = ({ source, etag, onKeys }: SourceSettingsFormProps) => {
  const { teamId } = useTeam();
  const client = useQueryClient();
  const form = useForm<SourceValues>({
    initialValues: valuesOf(source),
    validate: (values) => formErrors(validate(sourceBody(values))),
  });
  const save = useMutation({
    mutationFn: (values: SourceValues) =>
      call(updateSource, {
        params: { teamId, sourceId: source.id },
        body: sourceBody(values),
        ...(etag === null ? {} : { ifMatch: etag }),
      }),
    onSuccess: async ({ signingKeys }) => {
      onKeys(signingKeys);
      await client.invalidateQueries({ queryKey: ['source', teamId, source.id] });
      await client.invalidateQueries({ queryKey: ['sources', teamId] });
      toastDone('The settings are saved.');
    },
    onError: (error) => form.setErrors(formErrors(fieldErrors(error))),
  });
  return (
    <div className="wl-card">
      <Section title="Settings">
        <form noValidate onSubmit={form.onSubmit((values) => save.mutate(values))}>
          <Stack gap={16}>
            {save.isError && <ProblemNotice error={save.error} />}
            <SourceFields
              form={form}
              fold={false}
              current={{ value: source.connectionId, label: source.connectionName }}
            />
            <SaveBar form={form} saving={save.isPending} />
          </Stack>
        </form>
      </Section>
    </div>
  );
};
