import { ActionIcon, Button, Tooltip, VisuallyHidden } from '@mantine/core';
import { useClipboard } from '@mantine/hooks';
import { IconCheck, IconCopy } from '@tabler/icons-react';

interface CopyProps {
  text: string;
  /** What is copied, e.g. `URL`. */
  what: string;
  /** With words beside the icon. */
  wide?: boolean;
}

/** Copies text and says so, on screen and to screen readers. */
export const Copy = ({ text, what, wide = false }: CopyProps) => {
  const clipboard = useClipboard({ timeout: 2000 });
  const icon = clipboard.copied ? <IconCheck size={16} /> : <IconCopy size={16} />;
  const copy = () => clipboard.copy(text);
  const failed = clipboard.error !== null;
  const said = failed ? 'Select the text and copy it yourself' : clipboard.copied ? 'Copied' : `Copy ${what}`;
  return (
    <>
      {wide ? (
        <Button variant="default" size="xs" leftSection={icon} onClick={copy}>
          {said}
        </Button>
      ) : (
        <Tooltip label={said}>
          <ActionIcon variant="subtle" color="gray" aria-label={`Copy ${what}`} onClick={copy}>
            {icon}
          </ActionIcon>
        </Tooltip>
      )}
      <VisuallyHidden role="status">{clipboard.copied ? `${what} copied` : ''}</VisuallyHidden>
    </>
  );
};
