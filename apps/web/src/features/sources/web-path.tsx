import { Button, Group, TextInput } from '@mantine/core';
import type { Source } from '@windlass/contract';
import { useState } from 'react';
import { Section } from '../../ui/section.tsx';

interface WebPathProps {
  source: Source;
  chosen: string | undefined;
  onChoose: (path: string) => void;
}

/** A folder on the web cannot be listed: its pictures are named by their paths. */
export const WebPath = ({ source, chosen, onChoose }: WebPathProps) => {
  const [typed, setTyped] = useState(chosen ?? '');
  const path = typed.trim().replace(/^\/+/, '');
  return (
    <Section
      title="Picture"
      about="A web folder cannot be listed; name a picture by its path below the base URL."
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (path !== '') onChoose(path);
        }}
      >
        <Group gap={8} align="flex-end" maw={640}>
          <TextInput
            flex="1 1 240px"
            label="Path"
            description={`${source.webBaseUrl ?? ''}${source.prefix}…`}
            placeholder="holiday/harbour.jpg"
            spellCheck={false}
            value={typed}
            onChange={({ currentTarget: { value } }) => setTyped(value)}
          />
          <Button type="submit" disabled={path === ''}>
            Show
          </Button>
        </Group>
      </form>
    </Section>
  );
};
