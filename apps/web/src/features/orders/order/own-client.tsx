import { Stack, Text } from '@mantine/core';
import type { Order } from '@windlass/contract';
import { CodeBlock } from '../../../ui/code-block.tsx';
import { Copy } from '../../../ui/copy.tsx';
import { Facts } from '../../../ui/facts.tsx';
import { Fold } from '../../../ui/fold.tsx';
import { clientCommands } from './client-commands.ts';

/** For people with a client and keys of their own: commands with everything filled in. */
export const OwnClient = ({ order }: { order: Order }) => {
  const { aws, rclone, facts } = clientCommands(order.place, order.number);
  return (
    <Fold label="Open in my S3 client">
      <Stack gap={12} pt={8}>
        <Text size="sm" c="dimmed">
          With keys of your own that may read and list; Windlass gives none away.
        </Text>
        <CodeBlock what="AWS CLI" code={aws} />
        <CodeBlock what="rclone" code={rclone} />
        <Text size="sm" fw={500}>
          Cyberduck, WinSCP and others with a window
        </Text>
        <Facts
          facts={facts.map(({ name, value }) => ({
            name,
            value: (
              <span style={{ display: 'flex', alignItems: 'flex-start', gap: 4 }}>
                <span className="wl-mono" style={{ flex: 1, minWidth: 0 }}>
                  {value}
                </span>
                <Copy text={value} what={name.toLowerCase()} />
              </span>
            ),
          }))}
        />
      </Stack>
    </Fold>
  );
};
