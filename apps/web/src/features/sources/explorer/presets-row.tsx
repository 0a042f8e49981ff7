import { Button, Chip, Group, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconBookmarkPlus } from '@tabler/icons-react';
import type { Source } from '@windlass/contract';
import type { ImageParameters } from '../../../lib/image-parameters.ts';
import { presetNames, withoutPreset, withPreset } from './preset-of.ts';
import { SavePreset } from './save-preset.tsx';

interface PresetsRowProps {
  source: Source;
  etag: string | null;
  mayWrite: boolean;
  values: ImageParameters;
  onChange: (values: ImageParameters) => void;
}

/** The presets of a source, to be put into the URL or left out of it; and what is set now, as a new one. */
export const PresetsRow = ({ source, etag, mayWrite, values, onChange }: PresetsRowProps) => {
  const [opened, dialog] = useDisclosure(false);
  const used = presetNames(values);
  const toggle = (name: string) =>
    onChange(
      used.includes(name)
        ? withoutPreset(values, name)
        : withPreset(values, name, source.presets[name] ?? ''),
    );
  const names = Object.keys(source.presets);
  const savable = mayWrite && Object.keys(values).some((name) => name !== 'preset');
  if (names.length === 0 && !mayWrite) return null;
  return (
    <Group gap={8} role="group" aria-label="Presets">
      <Text size="sm" c="dimmed">
        {names.length === 0 ? 'No presets yet' : 'Presets'}
      </Text>
      {names.map((name) => (
        <Chip
          key={name}
          size="xs"
          checked={used.includes(name)}
          onChange={() => toggle(name)}
          title={source.presets[name]}
        >
          {name}
        </Chip>
      ))}
      {mayWrite && (
        <Button
          variant="subtle"
          size="compact-xs"
          leftSection={<IconBookmarkPlus size={14} />}
          disabled={!savable}
          onClick={dialog.open}
        >
          Save as a preset
        </Button>
      )}
      {opened && (
        <SavePreset
          source={source}
          etag={etag}
          values={values}
          onClose={dialog.close}
          onSaved={(name) => {
            dialog.close();
            onChange({ preset: name });
          }}
        />
      )}
    </Group>
  );
};
