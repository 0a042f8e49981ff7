import { Button, Modal, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconPlus } from '@tabler/icons-react';
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { revokeUploadGrant, type Connection, type UploadGrant } from '@windlass/contract';
import { useState } from 'react';
import { call } from '../../../lib/api.ts';
import { Confirm } from '../../../ui/confirm-delete.tsx';
import { ListView } from '../../../ui/list-view.tsx';
import { Section } from '../../../ui/section.tsx';
import { Since } from '../../../ui/since.tsx';
import { toastDone } from '../../../ui/toast.ts';
import { takesUploads } from '../../connections/takes-uploads.ts';
import { useTeam } from '../../teams/current-team.tsx';
import { uploadGrantsQuery } from '../queries.ts';
import { grantBounds } from './grant-values.ts';
import { NewGrant } from './new-grant.tsx';

const placeOf = ({ prefix }: UploadGrant): string => (prefix === '' ? 'the whole connection' : prefix);

const Row = ({ grant, onRevoke }: { grant: UploadGrant; onRevoke: () => void }) => (
  <li className="wl-row wl-grant-row">
    <div>
      {grant.prefix === '' ? (
        <Text size="sm">The whole connection</Text>
      ) : (
        <span className="wl-mono">{grant.prefix}</span>
      )}
      <Text size="xs" c="dimmed" component="div">
        {grantBounds(grant)}
      </Text>
      <Text size="xs" c="dimmed" component="div">
        {/* Whoever made it may have left since. */}
        {grant.by === null ? 'Ends ' : `By ${grant.by}, ends `}
        <Since time={grant.expiresAt} />
      </Text>
    </div>
    <Button
      size="compact-xs"
      variant="default"
      aria-label={`Revoke the grant for ${placeOf(grant)}`}
      onClick={onRevoke}
    >
      Revoke
    </Button>
  </li>
);

/** Whoever may upload to this connection at the moment, a new one, and an end to it. */
export const Grants = ({ connection }: { connection: Connection }) => {
  const { teamId } = useTeam();
  const client = useQueryClient();
  const query = useInfiniteQuery(uploadGrantsQuery(teamId, connection.id));
  const [opened, dialog] = useDisclosure(false);
  const [ending, setEnding] = useState<UploadGrant | null>(null);
  const revoke = useMutation({
    mutationFn: ({ id }: UploadGrant) => call(revokeUploadGrant, { params: { teamId, uploadGrantId: id } }),
    onSuccess: async () => {
      setEnding(null);
      toastDone('The grant is revoked.');
      await client.invalidateQueries({ queryKey: ['upload-grants', teamId] });
      await client.invalidateQueries({ queryKey: ['transfers', teamId] });
    },
  });
  const mayMake = connection.credentials !== null && takesUploads(connection);
  return (
    <Section
      title="Upload grants"
      about="For a page or a program of yours, or somebody without an account: each lets its holder upload below a prefix, for some time, and nothing else."
      actions={
        mayMake && (
          <Button variant="default" size="xs" leftSection={<IconPlus size={16} />} onClick={dialog.open}>
            New upload grant
          </Button>
        )
      }
    >
      <ListView
        what="upload grants"
        query={query}
        empty={
          <Text size="sm" c="dimmed">
            Nobody has one at the moment. Order pages make their own, which are not shown here.
          </Text>
        }
      >
        {(grants) => (
          <ul className="wl-rows" aria-label="Upload grants">
            {grants.map((grant) => (
              <Row key={grant.id} grant={grant} onRevoke={() => setEnding(grant)} />
            ))}
          </ul>
        )}
      </ListView>
      {/* A click beside the dialog or a key pressed by habit would take the token away, which is shown but once. */}
      <Modal
        opened={opened}
        onClose={dialog.close}
        title={`Upload grant for ${connection.name}`}
        size="lg"
        closeOnClickOutside={false}
        closeOnEscape={false}
      >
        <NewGrant connection={connection} onClose={dialog.close} />
      </Modal>
      <Confirm
        opened={ending !== null}
        onClose={() => {
          setEnding(null);
          revoke.reset();
        }}
        title="Revoke the upload grant?"
        button="Revoke"
        busy={revoke.isPending}
        error={revoke.error}
        onConfirm={() => ending !== null && revoke.mutate(ending)}
      >
        Whoever holds it can upload nothing more, and what they have open is aborted. The Files that have
        arrived stay.
      </Confirm>
    </Section>
  );
};
