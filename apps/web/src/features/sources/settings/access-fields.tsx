import { Stack, Switch, TagsInput } from '@mantine/core';
import type { SourceForm } from './source-values.ts';

/** Who may ask for what. */
export const SecuredField = ({ form }: { form: SourceForm }) => (
  <Switch
    label="Signed URLs only"
    description="Without a signature anybody who knows a path may ask for any size of it."
    {...form.getInputProps('secured', { type: 'checkbox' })}
  />
);

/** What may be asked for, signed or not. */
export const RestrictionFields = ({ form }: { form: SourceForm }) => (
  <Stack gap={16}>
    <Switch
      label="Presets only"
      description="A URL names presets and nothing else that changes the picture; anything more answers 400. One that names none still gets the whole picture."
      {...form.getInputProps('presetsOnly', { type: 'checkbox' })}
    />
    <TagsInput
      label="Allowed sizes"
      description="The only widths and heights that may be asked for, after dpr, in pixels. Empty: any. Fewer sizes mean fewer pictures to make and to keep."
      placeholder={form.values.allowedSizes.length === 0 ? 'any size' : ''}
      splitChars={[',', ' ', ';']}
      inputMode="numeric"
      clearable
      clearButtonProps={{ 'aria-label': 'Allow any size' }}
      {...form.getInputProps('allowedSizes')}
    />
  </Stack>
);
