import { Button, Group, Select, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { dropChoicesQuery } from '../../drops/queries.ts';
import { useTeam } from '../../teams/current-team.tsx';
import type { OrderFilter } from '../queries.ts';
import { StateTabs } from './state-tabs.tsx';

interface OrderFiltersProps {
  filter: OrderFilter;
  onChange: (change: Partial<OrderFilter>) => void;
}

const orNothing = (text: string): string | undefined => (text === '' ? undefined : text);

/** What the list is narrowed to; all of it stands in the address. */
export const OrderFilters = ({ filter, onChange }: OrderFiltersProps) => {
  const { teamId } = useTeam();
  const drops = useQuery(dropChoicesQuery(teamId));
  const [typed, setTyped] = useState(filter.q ?? '');
  const search = useDebouncedCallback((q: string) => onChange({ q: orNothing(q) }), 300);
  const narrowed = ['drop', 'state', 'q', 'from', 'until'].some(
    (name) => filter[name as keyof OrderFilter] !== undefined, // The names are the filter's own.
  );
  return (
    <>
      <Group gap={8} mb={12} align="flex-end">
        <TextInput
          type="search"
          aria-label="Search in numbers, names, e-mail addresses and files"
          placeholder="Number, name, e-mail, file"
          leftSection={<IconSearch size={16} />}
          flex="2 1 200px"
          maxLength={100}
          value={typed}
          onChange={({ currentTarget: { value } }) => {
            setTyped(value);
            search(value);
          }}
        />
        <Select
          aria-label="Order page"
          placeholder="Every order page"
          flex="1 1 220px"
          clearable
          clearButtonProps={{ 'aria-label': 'Every order page' }}
          searchable
          data={(drops.data?.items ?? []).map(({ id, title }) => ({ value: String(id), label: title }))}
          value={filter.drop ?? null}
          onChange={(value) => onChange({ drop: value ?? undefined })}
        />
        <TextInput
          type="date"
          label="From"
          flex="1 1 136px"
          {...(filter.until === undefined ? {} : { max: filter.until })}
          value={filter.from ?? ''}
          onChange={({ currentTarget: { value } }) => onChange({ from: orNothing(value) })}
        />
        <TextInput
          type="date"
          label="Until"
          flex="1 1 136px"
          {...(filter.from === undefined ? {} : { min: filter.from })}
          value={filter.until ?? ''}
          onChange={({ currentTarget: { value } }) => onChange({ until: orNothing(value) })}
        />
        {narrowed && (
          <Button
            variant="subtle"
            color="gray"
            onClick={() => {
              setTyped('');
              onChange({
                drop: undefined,
                state: undefined,
                q: undefined,
                from: undefined,
                until: undefined,
              });
            }}
          >
            Clear
          </Button>
        )}
      </Group>
      <StateTabs filter={filter} onState={(state) => onChange({ state })} />
    </>
  );
};
