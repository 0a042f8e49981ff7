import { Button, Stack } from '@mantine/core';
import { useForm } from '@mantine/form';
import { updateDrop, type Drop } from '@windlass/contract';
import { fieldErrors, toProblem } from '../../../lib/problem.ts';
import { validateWith } from '../../../lib/validate.ts';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';
import { SaveBar } from '../../../ui/save-bar.tsx';
import { toastDone } from '../../../ui/toast.ts';
import { UnsavedGuard } from '../../../ui/unsaved-guard.tsx';
import { useSaveDrop } from '../use-save-drop.ts';
import { crossErrors, formErrors } from './drop-errors.ts';
import { DropFields } from './drop-fields.tsx';
import { DropPreview } from './drop-preview.tsx';
import { dropBody, valuesOf, type DropValues } from './drop-values.ts';

interface DropEditorProps {
  drop: Drop;
  /** Of the representation that the form was filled from. */
  etag: string | null;
  onSaved: () => void;
}

const validate = validateWith(updateDrop.body);

/** Edits an order page beside its preview. The ETag goes along, so that nobody's change is lost. */
export const DropEditor = ({ drop, etag, onSaved }: DropEditorProps) => {
  const form = useForm<DropValues>({
    initialValues: valuesOf(drop),
    validate: (values) => ({ ...formErrors(validate(dropBody(values))), ...crossErrors(values, drop) }),
  });
  const save = useSaveDrop(drop, etag);
  const submit = form.onSubmit((values) =>
    save.mutate(dropBody(values), {
      onSuccess: () => {
        toastDone('The order page is saved.');
        onSaved();
      },
      onError: (error) => form.setErrors(formErrors(fieldErrors(error))),
    }),
  );
  const stale = save.isError && toProblem(save.error).code === 'preconditionFailed';
  return (
    <form noValidate onSubmit={submit}>
      <UnsavedGuard dirty={form.isDirty() && !save.isSuccess} what="the order page" />
      <div className="wl-builder">
        <Stack gap={24} miw={0}>
          <DropFields form={form} drop={drop} />
          {save.isError && <ProblemNotice error={save.error} />}
          {stale && (
            <Button variant="default" w="fit-content" onClick={onSaved}>
              Drop my changes and show what is stored
            </Button>
          )}
          {form.isDirty() && (
            <div className="wl-foot">
              <SaveBar form={form} saving={save.isPending} />
            </div>
          )}
        </Stack>
        <div className="wl-builder-preview">
          <DropPreview values={form.values} />
        </div>
      </div>
    </form>
  );
};
