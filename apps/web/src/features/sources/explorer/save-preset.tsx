import { Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { presetName, type Source } from '@windlass/contract';
import { useState } from 'react';
import { sentence } from '../../../lib/format.ts';
import type { ImageParameters } from '../../../lib/image-parameters.ts';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';
import { toastDone } from '../../../ui/toast.ts';
import { useSaveSource } from '../use-save-source.ts';
import { presetOf } from './preset-of.ts';

interface SavePresetProps {
  source: Source;
  etag: string | null;
  values: ImageParameters;
  onClose: () => void;
  onSaved: (name: string) => void;
}

/** Names what is set and keeps it with the source. */
export const SavePreset = ({ source, etag, values, onClose, onSaved }: SavePresetProps) => {
  const [name, setName] = useState('');
  const save = useSaveSource(source, etag);
  const query = presetOf(values, source.presets);
  const known = Object.hasOwn(source.presets, name);
  const parsed = presetName.safeParse(name);
  const error = name === '' || parsed.success ? undefined : sentence(parsed.error.issues[0]?.message ?? '');
  return (
    <Modal opened onClose={onClose} title="Save as a preset">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (!parsed.success) return;
          save.mutate(
            { presets: { ...source.presets, [name]: query } },
            {
              onSuccess: () => {
                toastDone(`The preset ${name} is saved.`);
                onSaved(name);
              },
            },
          );
        }}
      >
        <Stack gap={16}>
          <Text size="sm">
            Kept: <code className="wl-name">{query}</code>
          </Text>
          <TextInput
            data-autofocus
            label="Name"
            description="URLs then say preset=NAME."
            spellCheck={false}
            autoComplete="off"
            error={error}
            value={name}
            onChange={({ currentTarget: { value } }) => setName(value)}
          />
          {known && (
            <Text size="sm" role="status">
              Takes the place of <code className="wl-name">{source.presets[name]}</code>: URLs that use {name}{' '}
              change with it.
            </Text>
          )}
          {save.isError && <ProblemNotice error={save.error} />}
          <Group justify="flex-end" gap={8}>
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" disabled={!parsed.success} loading={save.isPending}>
              {known ? 'Replace it' : 'Save'}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
};
