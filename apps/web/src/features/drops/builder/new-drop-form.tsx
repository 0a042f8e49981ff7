import { Button, Group, Stack } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { createDrop, type Drop } from '@windlass/contract';
import { useState } from 'react';
import { call } from '../../../lib/api.ts';
import { fieldErrors } from '../../../lib/problem.ts';
import { validateWith } from '../../../lib/validate.ts';
import { LinkButton } from '../../../ui/link-button.tsx';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';
import { UnsavedGuard } from '../../../ui/unsaved-guard.tsx';
import { useTeam } from '../../teams/current-team.tsx';
import { crossErrors, formErrors } from './drop-errors.ts';
import { DropFields } from './drop-fields.tsx';
import { DropPreview } from './drop-preview.tsx';
import { dropBody, newDrop, type DropValues } from './drop-values.ts';
import type { FormTemplateName } from './form-templates.ts';
import { TemplateChoice } from './template-choice.tsx';

interface NewDropFormProps {
  /** The connection to begin with; empty: none is chosen. */
  connectionId: string;
  onMade: (drop: Drop) => void;
}

const validate = validateWith(createDrop.body);

/** Makes an order page, beside its preview. */
export const NewDropForm = ({ connectionId, onMade }: NewDropFormProps) => {
  const { teamId } = useTeam();
  const client = useQueryClient();
  const [template, setTemplate] = useState<FormTemplateName>('prints');
  const form = useForm<DropValues>({
    initialValues: newDrop('prints', connectionId),
    validate: (values) => ({ ...formErrors(validate(dropBody(values))), ...crossErrors(values, null) }),
  });
  const make = useMutation({
    mutationFn: (values: DropValues) => call(createDrop, { params: { teamId }, body: dropBody(values) }),
    onSuccess: async (drop) => {
      await client.invalidateQueries({ queryKey: ['drops', teamId] });
      onMade(drop);
    },
    onError: (error) => form.setErrors(formErrors(fieldErrors(error))),
  });
  const begin = (name: FormTemplateName) => {
    const { fields, types, anyType } = newDrop(name, connectionId);
    setTemplate(name);
    form.setValues({ fields, types, anyType });
  };
  return (
    <form noValidate onSubmit={form.onSubmit((values) => make.mutate(values))}>
      <UnsavedGuard dirty={form.isDirty() && !make.isSuccess} what="the order page" />
      <div className="wl-builder">
        <Stack gap={24} miw={0}>
          <TemplateChoice value={template} onChoose={begin} />
          <DropFields form={form} drop={null} />
          {make.isError && <ProblemNotice error={make.error} />}
          <Group justify="flex-end" gap={8} className="wl-foot">
            <LinkButton to="/drops" variant="default">
              Cancel
            </LinkButton>
            <Button type="submit" loading={make.isPending}>
              Make the page
            </Button>
          </Group>
        </Stack>
        <div className="wl-builder-preview">
          <DropPreview values={form.values} />
        </div>
      </div>
    </form>
  );
};
