import { Button, Group, Popover, Stack, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconPlus } from '@tabler/icons-react';
import type { UseMutationResult } from '@tanstack/react-query';
import { useState } from 'react';
import { fieldErrors, toProblem } from '../../lib/problem.ts';

interface NewUserProps {
  create: UseMutationResult<unknown, Error, string>;
}

/** Asks for a name and makes the user. */
export const NewUser = ({ create }: NewUserProps) => {
  const [opened, popover] = useDisclosure(false);
  const [name, setName] = useState('');
  const error = create.isError
    ? (fieldErrors(create.error)['name'] ?? toProblem(create.error).detail)
    : undefined;
  return (
    <Popover
      opened={opened}
      onChange={popover.toggle}
      onDismiss={popover.close}
      position="bottom-end"
      trapFocus
    >
      <Popover.Target>
        <Button variant="default" leftSection={<IconPlus size={16} />} onClick={popover.toggle}>
          New user
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <form
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            create.mutate(name, {
              onSuccess: () => {
                setName('');
                popover.close();
              },
            });
          }}
        >
          <Stack gap={8} w={240}>
            <TextInput
              label="Name of the user"
              required
              data-autofocus
              spellCheck={false}
              error={error}
              value={name}
              onChange={(event) => setName(event.currentTarget.value)}
            />
            <Group justify="flex-end">
              <Button type="submit" size="xs" loading={create.isPending} disabled={name === ''}>
                Make user
              </Button>
            </Group>
          </Stack>
        </form>
      </Popover.Dropdown>
    </Popover>
  );
};
