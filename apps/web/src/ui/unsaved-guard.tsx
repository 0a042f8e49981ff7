import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useBlocker } from '@tanstack/react-router';

interface UnsavedGuardProps {
  /** True while something was changed and not saved. */
  dirty: boolean;
  /** What would be lost: `the order page`. */
  what: string;
}

/** Asks before changes are left behind: in the app by a dialog, on closing the tab by the browser's own. */
export const UnsavedGuard = ({ dirty, what }: UnsavedGuardProps) => {
  const { status, proceed, reset } = useBlocker({
    // A filter or a tab of the same page leaves nothing behind.
    shouldBlockFn: ({ current, next }) => dirty && current.pathname !== next.pathname,
    enableBeforeUnload: () => dirty,
    withResolver: true,
  });
  return (
    <Modal opened={status === 'blocked'} onClose={() => reset?.()} title="Leave without saving?">
      <Stack gap={16}>
        <Text>Your changes to {what} are not saved and would be lost.</Text>
        <Group justify="flex-end" gap={8}>
          <Button variant="default" data-autofocus onClick={() => reset?.()}>
            Stay
          </Button>
          <Button color="red.8" onClick={() => proceed?.()}>
            Leave
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
};
