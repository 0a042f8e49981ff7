import { Group, NumberInput, Stack } from '@mantine/core';
import { BytesInput } from '../../../../ui/bytes-input.tsx';
import { MediaTypesInput } from '../../../../ui/media-types-input.tsx';
import type { DropForm } from '../drop-values.ts';
import { bytesProps } from './bytes-props.ts';

/** What one order may hold. */
export const LimitFields = ({ form }: { form: DropForm }) => (
  <Stack gap={16}>
    <MediaTypesInput
      value={form.values.anyType ? null : form.values.types}
      onChange={(types) => {
        form.setFieldValue('anyType', types === null);
        if (types !== null) form.setFieldValue('types', types);
      }}
      error={form.errors['types']}
    />
    <NumberInput
      label="Most files of an order"
      min={1}
      max={5000}
      thousandSeparator=","
      {...form.getInputProps('maxFiles')}
    />
    <Group gap={16} grow preventGrowOverflow={false} align="flex-start">
      <BytesInput label="Largest file" {...bytesProps(form, 'maxFileBytes')} />
      <BytesInput label="Largest order" {...bytesProps(form, 'maxOrderBytes')} />
    </Group>
  </Stack>
);
