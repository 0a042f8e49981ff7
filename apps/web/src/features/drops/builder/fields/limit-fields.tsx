import { Group, NumberInput, Select, Stack, TagsInput } from '@mantine/core';
import { BytesInput } from '../../../../ui/bytes-input.tsx';
import type { DropForm } from '../drop-values.ts';
import { bytesProps } from './bytes-props.ts';

const kinds = {
  pictures: { label: 'Pictures', types: ['image/*'] },
  media: { label: 'Pictures and video', types: ['image/*', 'video/*'] },
  any: { label: 'Any file', types: null },
  own: { label: 'These types', types: null },
} as const;
type Kind = keyof typeof kinds;

const kindOf = ({ anyType, types }: { anyType: boolean; types: readonly string[] }): Kind => {
  if (anyType) return 'any';
  const found = (['pictures', 'media'] as const).find((kind) => kinds[kind].types.join() === types.join());
  return found ?? 'own';
};

const suggestions = [
  'image/*',
  'image/jpeg',
  'image/png',
  'image/tiff',
  'image/heic',
  'video/*',
  'application/pdf',
  'application/zip',
  'model/stl',
];

const isKind = (text: string): text is Kind => Object.hasOwn(kinds, text);

/** Which types are taken. */
const TypeFields = ({ form }: { form: DropForm }) => {
  const kind = kindOf(form.values);
  const choose = (text: string | null) => {
    if (text === null || !isKind(text)) return;
    form.setFieldValue('anyType', text === 'any');
    const { types } = kinds[text];
    // `These` begins with one that no other choice has, so that it stays chosen.
    if (text === 'own') form.setFieldValue('types', ['application/pdf']);
    else if (types !== null) form.setFieldValue('types', [...types]);
  };
  return (
    <Stack gap={8}>
      <Select
        label="Types of files"
        allowDeselect={false}
        data={Object.entries(kinds).map(([value, { label }]) => ({ value, label }))}
        value={kind}
        onChange={choose}
      />
      {kind === 'own' && (
        <TagsInput
          label="Which"
          description="Types of media such as image/tiff, or image/* for all of a kind."
          data={suggestions}
          splitChars={[',', ' ', ';']}
          spellCheck={false}
          {...form.getInputProps('types')}
        />
      )}
    </Stack>
  );
};

/** What one order may hold. */
export const LimitFields = ({ form }: { form: DropForm }) => (
  <Stack gap={16}>
    <TypeFields form={form} />
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
