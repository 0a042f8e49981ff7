import { Stack, Text, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import type { Source } from '@windlass/contract';
import { groupTitles, parameterGroups } from '@windlass/images/parameters';
import { useState } from 'react';
import { readParameters, type ImageParameters } from '../../../lib/image-parameters.ts';
import { catalog, searchCatalog, type CatalogEntry } from './catalog.ts';
import { ParameterField } from './parameter-field.tsx';

interface ParameterFormProps {
  source: Source;
  values: ImageParameters;
  /** By parameter, in the server's words. */
  problems: Readonly<Record<string, string>>;
  onSet: (name: string, text: string | undefined) => void;
}

interface GroupFoldProps {
  label: string;
  /** How many of its parameters are set. */
  set: number;
  children: React.ReactNode;
}

/** Open from the start where something is set; from then on as the person leaves it. */
const GroupFold = ({ label, set, children }: GroupFoldProps) => {
  const [opened, setOpened] = useState(set > 0);
  return (
    <details className="wl-group" open={opened} onToggle={(event) => setOpened(event.currentTarget.open)}>
      <summary>
        {label}
        {set > 0 && (
          <span className="wl-count" aria-label={`${set} set`} role="img">
            {set}
          </span>
        )}
      </summary>
      {opened && (
        <Stack gap={16} pt={12} pb={16}>
          {children}
        </Stack>
      )}
    </details>
  );
};

/** Every parameter of the URL grammar, made from the table that the server parses with. */
export const ParameterForm = ({ source, values, problems, onSet }: ParameterFormProps) => {
  const [typed, setTyped] = useState('');
  const defaults = readParameters(source.defaultParameters);
  const isOffered = ({ parameter }: CatalogEntry) => !source.presetsOnly || parameter.group === 'delivery';
  const offered = catalog.filter(isOffered);
  const field = (entry: CatalogEntry) => (
    <ParameterField
      key={entry.name}
      entry={entry}
      source={source}
      text={values[entry.name]}
      inherited={defaults[entry.name]}
      error={problems[entry.name]}
      onChange={(text) => onSet(entry.name, text)}
    />
  );
  const found = searchCatalog(typed).filter(isOffered);
  return (
    <Stack gap={8}>
      {source.presetsOnly && (
        <Text size="xs" c="dimmed">
          This source serves presets only: a URL names one, and may not change the picture beside it.
        </Text>
      )}
      <TextInput
        size="xs"
        aria-label="Search the parameters"
        placeholder={`Search ${offered.length} parameters`}
        leftSection={<IconSearch size={14} />}
        spellCheck={false}
        value={typed}
        onChange={({ currentTarget: { value } }) => setTyped(value)}
      />
      {typed.trim() === '' ? (
        parameterGroups.map((group) => {
          const entries = offered.filter(({ parameter }) => parameter.group === group);
          if (entries.length === 0) return null;
          const set = entries.filter(({ name }) => values[name] !== undefined).length;
          return (
            <GroupFold key={group} label={groupTitles[group]} set={set}>
              {entries.map(field)}
            </GroupFold>
          );
        })
      ) : (
        <Stack gap={16} pt={8}>
          <Text size="xs" c="dimmed" role="status">
            {found.length === 0
              ? 'No parameter has this in its name or its description.'
              : `${found.length} found`}
          </Text>
          {found.map(field)}
        </Stack>
      )}
    </Stack>
  );
};
