import { Select, Stack, TagsInput } from '@mantine/core';
import type { ReactNode } from 'react';

const kinds = {
  any: { label: 'Any file', types: null },
  pictures: { label: 'Pictures', types: ['image/*'] },
  media: { label: 'Pictures and video', types: ['image/*', 'video/*'] },
  // Begins with one that no other choice has, so that it stays chosen.
  own: { label: 'These types', types: ['application/pdf'] },
} as const;
type Kind = keyof typeof kinds;

const isKind = (text: string): text is Kind => Object.hasOwn(kinds, text);

const kindOf = (types: readonly string[] | null): Kind => {
  if (types === null) return 'any';
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

interface MediaTypesInputProps {
  /** Media types, or ranges such as `image/*`; null: any. */
  value: readonly string[] | null;
  onChange: (types: string[] | null) => void;
  error?: ReactNode;
}

/** Which types of files are taken: by what people call them, or one by one. */
export const MediaTypesInput = ({ value, onChange, error }: MediaTypesInputProps) => {
  const kind = kindOf(value);
  const choose = (text: string | null) => {
    if (text === null || !isKind(text)) return;
    const { types } = kinds[text];
    onChange(types === null ? null : [...types]);
  };
  return (
    <Stack gap={8}>
      <Select
        label="Types of files"
        allowDeselect={false}
        data={Object.entries(kinds).map(([name, { label }]) => ({ value: name, label }))}
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
          value={[...(value ?? [])]}
          onChange={onChange}
          error={error}
        />
      )}
    </Stack>
  );
};
