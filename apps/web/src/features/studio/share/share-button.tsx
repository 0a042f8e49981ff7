import { Button, Popover, Stack, Text, TextInput } from '@mantine/core';
import { IconLink } from '@tabler/icons-react';
import { useState } from 'react';
import { formatBytes } from '../../../lib/format.ts';
import { Copy } from '../../../ui/copy.tsx';
import { toFragment } from '../state/share-link.ts';
import type { Studio, StudioPart } from '../state/studio-state.ts';
import type { StudioView } from '../state/studio-views.ts';

/** Some chat and mail programs cut longer links. */
const longLink = 8_000;

const partOf = (studio: Studio, view: StudioView): StudioPart => {
  switch (view) {
    case 'check':
      return { view, state: studio.check };
    case 'generate':
      return { view, state: studio.generate };
    case 'compare':
      return { view, state: studio.compare };
    case 'cors':
      return { view, state: studio.cors };
  }
};

/** Makes a link that holds what is on the view. It goes nowhere but where the person takes it. */
export const ShareButton = ({ studio, view }: { studio: Studio; view: StudioView }) => {
  const [link, setLink] = useState<string | null>(null);
  const make = async () => {
    const fragment = await toFragment(partOf(studio, view));
    setLink(`${window.location.origin}/studio#${fragment}`);
  };
  return (
    <Popover
      opened={link !== null}
      onDismiss={() => setLink(null)}
      position="bottom-end"
      width={360}
      trapFocus
      returnFocus
    >
      <Popover.Target>
        <Button
          variant="default"
          leftSection={<IconLink size={16} />}
          onClick={() => (link === null ? void make() : setLink(null))}
        >
          Share
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label="Share">
        {link !== null && (
          <Stack gap={8}>
            <TextInput
              label="Link to what is on this view"
              readOnly
              value={link}
              data-autofocus
              onFocus={(event) => event.currentTarget.select()}
            />
            <Text size="xs" c="dimmed">
              {formatBytes(link.length)}. Everything stands behind the #, which browsers send to no server.
              Whoever has the link can read it.
            </Text>
            {link.length > longLink && (
              <Text size="xs" c="var(--wl-attention-text)">
                Some chat and mail programs cut links of this length. Send it in a file then.
              </Text>
            )}
            <div>
              <Copy text={link} what="link" wide />
            </div>
          </Stack>
        )}
      </Popover.Dropdown>
    </Popover>
  );
};
