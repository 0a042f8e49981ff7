import { Button, Group } from '@mantine/core';
import { IconArrowDown } from '@tabler/icons-react';
import { Copy } from '../../../ui/copy.tsx';

interface TakeUrlProps {
  url: string | undefined;
  /** Shows what else there is to paste. */
  onMore: () => void;
}

/** Where the form comes between the picture and what is to be pasted: the URL at once, and a way past the form. */
export const TakeUrl = ({ url, onMore }: TakeUrlProps) => (
  <Group gap={8} className="wl-take-url">
    {url !== undefined && <Copy text={url} what="URL" wide />}
    <Button variant="subtle" size="xs" leftSection={<IconArrowDown size={16} />} onClick={onMore}>
      HTML and code
    </Button>
  </Group>
);
