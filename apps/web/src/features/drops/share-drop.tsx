import { Anchor, Button, Code, Group, Modal, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconQrcode } from '@tabler/icons-react';
import type { Drop } from '@windlass/contract';
import { CodeBlock } from '../../ui/code-block.tsx';
import { Copy } from '../../ui/copy.tsx';
import { QrCode } from '../../ui/qr-code.tsx';
import { embedSnippet } from './embed-snippet.ts';
import { isOwnComputer } from './own-computer.ts';

/** Link, QR code and HTML of an order page: every way to give it to customers. */
export const ShareWays = ({ drop }: { drop: Drop }) => (
  <Stack gap={16}>
    <Group gap={16} align="flex-start">
      <QrCode text={drop.url} label={`QR code of ${drop.title}`} />
      <Stack gap={8} flex="1 1 200px" miw={0}>
        <Text size="sm" fw={500}>
          Link
        </Text>
        <Anchor href={drop.url} target="_blank" rel="noreferrer" size="sm">
          {drop.url}
        </Anchor>
        <div>
          <Copy text={drop.url} what="link" wide />
        </div>
        {isOwnComputer(drop.url) ? (
          <Text size="sm" className="wl-notice" data-tone="attention" component="div">
            This address opens on this computer alone, on no phone and for no customer. Whoever runs Windlass
            sets <Code>WINDLASS_URL</Code> to an address that they can reach; link and code then lead there.
          </Text>
        ) : (
          <Text size="xs" c="dimmed">
            Write it under e-mails, print the code on counter cards; it opens on any phone, without an
            account.
          </Text>
        )}
        {drop.access !== 'open' && (
          <Text size="sm">
            The page asks for its {drop.access === 'pin' ? 'PIN' : 'password'}, which is not in the link: tell
            it to your customers as well.
          </Text>
        )}
      </Stack>
    </Group>
    <CodeBlock what="HTML for your site" code={embedSnippet(drop)} />
    <Text size="xs" c="dimmed">
      {drop.embedOrigins === null
        ? 'Any site may show it in a frame; the settings can name the sites that may.'
        : drop.embedOrigins.length === 0
          ? 'No site may show it in a frame: the settings of the page say so.'
          : `These sites may show it in a frame: ${drop.embedOrigins.join(', ')}.`}
    </Text>
  </Stack>
);

/** A button that opens the ways to share. */
export const ShareDrop = ({ drop }: { drop: Drop }) => {
  const [opened, dialog] = useDisclosure(false);
  return (
    <>
      <Button
        variant="default"
        size="xs"
        leftSection={<IconQrcode size={16} />}
        aria-label={`Share ${drop.title}`}
        onClick={dialog.open}
      >
        Share
      </Button>
      <Modal opened={opened} onClose={dialog.close} title={`Share ${drop.title}`} size="lg">
        <ShareWays drop={drop} />
      </Modal>
    </>
  );
};
