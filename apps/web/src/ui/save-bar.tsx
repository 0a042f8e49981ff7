import { Button, Group } from '@mantine/core';

interface SaveBarProps {
  form: { isDirty: () => boolean; reset: () => void };
  saving: boolean;
}

/** The foot of a form of settings: nothing to press until something was changed. */
export const SaveBar = ({ form, saving }: SaveBarProps) => (
  <Group justify="flex-end" gap={8}>
    <Button variant="default" disabled={!form.isDirty()} onClick={form.reset}>
      Undo
    </Button>
    <Button type="submit" disabled={!form.isDirty()} loading={saving}>
      Save
    </Button>
  </Group>
);
