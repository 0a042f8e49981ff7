import { ActionIcon, Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { maxPresets, type Source } from '@windlass/contract';
import { useState } from 'react';
import { plural } from '../../../lib/format.ts';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';
import { Section } from '../../../ui/section.tsx';
import { toastDone } from '../../../ui/toast.ts';
import { useSaveSource } from '../use-save-source.ts';
import {
  presetProblems,
  presetRows,
  presetsFrom,
  type PresetProblems,
  type PresetRow,
} from './preset-rows.ts';
import { PresetThumbnail } from './preset-thumbnail.tsx';

interface PresetsEditorProps {
  source: Source;
  etag: string | null;
  /** The picture that presets are shown with; undefined where none is chosen. */
  path: string | undefined;
}

interface RowProps {
  source: Source;
  path: string | undefined;
  row: PresetRow;
  problems: PresetProblems;
  onChange: (row: PresetRow) => void;
  onRemove: () => void;
}

const Row = ({ source, path, row, problems, onChange, onRemove }: RowProps) => {
  const called = row.name === '' ? 'the new preset' : row.name;
  return (
    <li className="wl-preset">
      <PresetThumbnail source={source} path={path} row={row} usable={problems.query === undefined} />
      <TextInput
        size="xs"
        aria-label={`Name of ${called}`}
        placeholder="name"
        spellCheck={false}
        error={row.name === '' ? undefined : problems.name}
        value={row.name}
        onChange={({ currentTarget: { value } }) => onChange({ ...row, name: value })}
      />
      <TextInput
        size="xs"
        className="wl-preset-query"
        aria-label={`Parameters of ${called}`}
        placeholder="width=160&height=160&mode=crop"
        spellCheck={false}
        error={row.query === '' ? undefined : problems.query}
        value={row.query}
        onChange={({ currentTarget: { value } }) => onChange({ ...row, query: value })}
      />
      <ActionIcon variant="subtle" color="gray" aria-label={`Remove ${called}`} onClick={onRemove}>
        <IconTrash size={16} />
      </ActionIcon>
    </li>
  );
};

/** The named parameter sets of a source, each shown on a picture of it. */
export const PresetsEditor = ({ source, etag, path }: PresetsEditorProps) => {
  const [rows, setRows] = useState(() => presetRows(source.presets));
  const save = useSaveSource(source, etag);
  const problems = presetProblems(rows, source.limits.maxOutputSide);
  const presets = presetsFrom(rows);
  const dirty =
    JSON.stringify(presets) !== JSON.stringify(source.presets) || rows.length !== Object.keys(presets).length;
  const valid = problems.every((one) => Object.keys(one).length === 0);
  const gone = Object.keys(source.presets).filter((name) => !Object.hasOwn(presets, name));
  const replace = (row: PresetRow) => setRows(rows.map((one) => (one.key === row.key ? row : one)));
  return (
    <div className="wl-card">
      <Section
        title="Presets"
        about="A URL says preset=NAME in place of these parameters; what they become later, it follows."
      >
        <Stack gap={16}>
          {rows.length === 0 ? (
            <Text size="sm" c="dimmed">
              None yet. Make one here, or save what you find in the explorer.
            </Text>
          ) : (
            <ul className="wl-presets" aria-label="Presets">
              {rows.map((row, index) => (
                <Row
                  key={row.key}
                  source={source}
                  path={path}
                  row={row}
                  problems={problems[index] ?? {}}
                  onChange={replace}
                  onRemove={() => setRows(rows.filter((one) => one.key !== row.key))}
                />
              ))}
            </ul>
          )}
          {gone.length > 0 && (
            <Text size="sm" role="status">
              Lost with the save: URLs that name {gone.join(', ')} will answer 400.
            </Text>
          )}
          {save.isError && <ProblemNotice error={save.error} />}
          <Group justify="space-between" gap={8}>
            <Button
              variant="subtle"
              size="xs"
              leftSection={<IconPlus size={14} />}
              disabled={rows.length >= maxPresets}
              onClick={() =>
                setRows([
                  ...rows,
                  { key: Math.max(-1, ...rows.map(({ key }) => key)) + 1, name: '', query: '' },
                ])
              }
            >
              Add a preset
            </Button>
            <Group gap={8}>
              <Button
                size="xs"
                variant="default"
                disabled={!dirty}
                onClick={() => setRows(presetRows(source.presets))}
              >
                Undo
              </Button>
              <Button
                size="xs"
                disabled={!dirty || !valid}
                loading={save.isPending}
                onClick={() =>
                  save.mutate(
                    { presets },
                    { onSuccess: () => toastDone(`${plural(rows.length, 'preset')} saved.`) },
                  )
                }
              >
                Save presets
              </Button>
            </Group>
          </Group>
        </Stack>
      </Section>
    </div>
  );
};
