import { Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { ProblemNotice } from './problem-notice.tsx';

interface ConfirmDeleteProps {
  opened: boolean;
  onClose: () => void;
  /** `Delete connection` */
  title: string;
  /** What has to be typed: the thing's own name. */
  name: string;
  /** What is lost and what stays. */
  children: ReactNode;
  button: string;
  busy: boolean;
  error: unknown;
  onConfirm: () => void;
}

/** Asks for the name before something is lost for good. */
export const ConfirmDelete = ({
  opened,
  onClose,
  title,
  name,
  children,
  button,
  busy,
  error,
  onConfirm,
}: ConfirmDeleteProps) => {
  const [typed, setTyped] = useState('');
  const close = () => {
    setTyped('');
    onClose();
  };
  return (
    <Modal opened={opened} onClose={close} title={title}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (typed === name) onConfirm();
        }}
      >
        <Stack gap={16}>
          {children}
          <TextInput
            data-autofocus
            label={
              <>
                Type <code className="wl-name">{name}</code> to confirm
              </>
            }
            autoComplete="off"
            spellCheck={false}
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
          />
          {error !== null && error !== undefined && <ProblemNotice error={error} />}
          <Group justify="flex-end" gap={8}>
            <Button variant="default" onClick={close}>
              Cancel
            </Button>
            <Button color="red.8" type="submit" disabled={typed !== name} loading={busy}>
              {button}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
};

interface ConfirmProps {
  opened: boolean;
  onClose: () => void;
  title: string;
  children: ReactNode;
  button: string;
  busy: boolean;
  error?: unknown;
  /** Of the button: red for what is lost, unless it is said otherwise. */
  color?: string;
  onConfirm: () => void;
}

/** Asks once before something that cannot be taken back but is small. */
export const Confirm = ({
  opened,
  onClose,
  title,
  children,
  button,
  busy,
  error,
  color = 'red.8',
  onConfirm,
}: ConfirmProps) => (
  <Modal opened={opened} onClose={onClose} title={title}>
    <Stack gap={16}>
      <Text component="div">{children}</Text>
      {error !== null && error !== undefined && <ProblemNotice error={error} />}
      <Group justify="flex-end" gap={8}>
        <Button variant="default" onClick={onClose} data-autofocus>
          Cancel
        </Button>
        <Button color={color} loading={busy} onClick={onConfirm}>
          {button}
        </Button>
      </Group>
    </Stack>
  </Modal>
);
