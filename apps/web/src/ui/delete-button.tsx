import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconTrash } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { ConfirmDelete } from './confirm-delete.tsx';

interface DeleteButtonProps {
  /** `Delete the order` */
  title: string;
  /** What has to be typed: the thing's own name. */
  name: string;
  remove: { isPending: boolean; error: unknown; mutate: () => void };
  size?: 'xs' | 'sm';
  /** What is lost and what stays. */
  children: ReactNode;
}

/** The button of a thing that can be deleted, and the dialog that asks for its name first. */
export const DeleteButton = ({ title, name, remove, size = 'sm', children }: DeleteButtonProps) => {
  const [opened, dialog] = useDisclosure(false);
  return (
    <>
      <Button
        variant="default"
        size={size}
        w="fit-content"
        leftSection={<IconTrash size={16} />}
        onClick={dialog.open}
      >
        Delete
      </Button>
      <ConfirmDelete
        opened={opened}
        onClose={dialog.close}
        title={title}
        name={name}
        button="Delete"
        busy={remove.isPending}
        error={remove.error}
        onConfirm={() => remove.mutate()}
      >
        {children}
      </ConfirmDelete>
    </>
  );
};
