import { Button, Text } from '@mantine/core';
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { revokeUploadGrant, type ConnectionId, type UploadGrant } from '@windlass/contract';
import { useState } from 'react';
import { call } from '../../lib/api.ts';
import { formatBytes, plural } from '../../lib/format.ts';
import { Confirm } from '../../ui/confirm-delete.tsx';
import { ListView } from '../../ui/list-view.tsx';
import { Section } from '../../ui/section.tsx';
import { Since } from '../../ui/since.tsx';
import { toastDone } from '../../ui/toast.ts';
import { useTeam } from '../teams/current-team.tsx';
import { uploadGrantsQuery } from './queries.ts';

const isLive = ({ revokedAt, expiresAt }: UploadGrant, now: number): boolean =>
  revokedAt === null && Date.parse(expiresAt) > now;

/** Whoever may upload to this connection at the moment, and an end to it. */
export const Grants = ({ connectionId }: { connectionId: ConnectionId }) => {
  const { teamId } = useTeam();
  const client = useQueryClient();
  const query = useInfiniteQuery(uploadGrantsQuery(teamId));
  const [ending, setEnding] = useState<UploadGrant | null>(null);
  const [now] = useState(Date.now);
  const revoke = useMutation({
    mutationFn: ({ id }: UploadGrant) => call(revokeUploadGrant, { params: { teamId, uploadGrantId: id } }),
    onSuccess: async () => {
      setEnding(null);
      toastDone('The grant is revoked.');
      await client.invalidateQueries({ queryKey: ['upload-grants', teamId] });
      await client.invalidateQueries({ queryKey: ['transfers', teamId] });
    },
  });
  const nothing = <Text c="dimmed">Nobody has one: they are made by an upload, or by the API.</Text>;
  return (
    <Section
      title="Upload grants"
      about="Each lets its holder upload below a prefix, for some time, and nothing else."
    >
      <ListView what="upload grants" query={query} empty={nothing}>
        {(grants) => {
          const here = grants.filter((grant) => grant.connectionId === connectionId && isLive(grant, now));
          if (here.length === 0) return nothing;
          return (
            <ul className="wl-rows" aria-label="Upload grants">
              {here.map((grant) => (
                <li key={grant.id} className="wl-row" style={{ gridTemplateColumns: 'minmax(0, 1fr) auto' }}>
                  <div>
                    <span className="wl-mono">
                      {grant.prefix === '' ? 'the whole connection' : grant.prefix}
                    </span>
                    <Text size="xs" c="dimmed" component="div">
                      {grant.by ?? 'for an order'}, {plural(grant.files, 'file')}, {formatBytes(grant.bytes)},
                      ends <Since time={grant.expiresAt} />
                    </Text>
                  </div>
                  <Button
                    size="compact-xs"
                    variant="default"
                    aria-label={`Revoke the grant for ${grant.prefix === '' ? 'the whole connection' : grant.prefix}`}
                    onClick={() => setEnding(grant)}
                  >
                    Revoke
                  </Button>
                </li>
              ))}
            </ul>
          );
        }}
      </ListView>
      <Confirm
        opened={ending !== null}
        onClose={() => setEnding(null)}
        title="Revoke the upload grant?"
        button="Revoke"
        busy={revoke.isPending}
        error={revoke.error}
        onConfirm={() => ending !== null && revoke.mutate(ending)}
      >
        Whoever holds it can upload nothing more, and what they have open is aborted. The{' '}
        {plural(ending?.files ?? 0, 'file')} that arrived stay.
      </Confirm>
    </Section>
  );
};
