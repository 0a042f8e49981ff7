import { Stack } from '@mantine/core';
import { useForm } from '@mantine/form';
import { sourceSettings, type Source } from '@windlass/contract';
import { fieldErrors } from '../../../lib/problem.ts';
import { validateWith } from '../../../lib/validate.ts';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';
import { SaveBar } from '../../../ui/save-bar.tsx';
import { Section } from '../../../ui/section.tsx';
import { toastDone } from '../../../ui/toast.ts';
import { useSaveSource } from '../use-save-source.ts';
import { SourceFields } from './source-fields.tsx';
import { SourceWarnings } from './source-warnings.tsx';
import { formErrors, neededByKind, sourceBody, valuesOf, type SourceValues } from './source-values.ts';

export interface SavedSource {
  signingKeys: { secureKey: string; secureSalt: string } | null;
  warnings: readonly { path: string; message: string }[];
}

interface SourceSettingsFormProps {
  source: Source;
  /** Of the representation that the form was filled from. */
  etag: string | null;
  /** What the last save came with; the form itself begins anew with what was saved. */
  saved: SavedSource | null;
  onSaved: (saved: SavedSource) => void;
}

const validate = validateWith(sourceSettings);

/** Edits a source. The ETag goes along, so that nobody's change is lost. */
export const SourceSettingsForm = ({ source, etag, saved, onSaved }: SourceSettingsFormProps) => {
  const form = useForm<SourceValues>({
    initialValues: valuesOf(source),
    validate: (values) => ({ ...formErrors(validate(sourceBody(values))), ...neededByKind(values) }),
  });
  const save = useSaveSource(source, etag);
  const submit = form.onSubmit((values) =>
    save.mutate(sourceBody(values), {
      onSuccess: (answer) => {
        onSaved(answer);
        toastDone('The settings are saved.');
      },
      onError: (error) => form.setErrors(formErrors(fieldErrors(error))),
    }),
  );
  return (
    <div className="wl-card">
      <Section title="Settings">
        <form noValidate onSubmit={submit}>
          <Stack gap={16}>
            {save.isError && <ProblemNotice error={save.error} />}
            {saved !== null && <SourceWarnings warnings={saved.warnings} />}
            <SourceFields form={form} source={source} />
            {form.isDirty() && (
              <div className="wl-foot">
                <SaveBar form={form} saving={save.isPending} />
              </div>
            )}
          </Stack>
        </form>
      </Section>
    </div>
  );
};
