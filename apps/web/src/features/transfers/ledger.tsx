import { Button, Text } from '@mantine/core';
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { abortTransfer, type ConnectionId, type Transfer } from '@windlass/contract';
import { call } from '../../lib/api.ts';
import { formatBytes } from '../../lib/format.ts';
import { ListView } from '../../ui/list-view.tsx';
import { Middle } from '../../ui/middle.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { Section } from '../../ui/section.tsx';
import { Since } from '../../ui/since.tsx';
import { State } from '../../ui/state.tsx';
import { useTeam } from '../teams/current-team.tsx';
import { transfersQuery } from './queries.ts';
import { proofWords, transferStateWords } from './transfer-words.ts';

const whyOf = ({ state, receipt, kind, partsDone, partCount }: Transfer): string => {
  if (receipt !== null) return proofWords[receipt.proof];
  const { why } = transferStateWords[state];
  return kind === 'multipart' && state === 'open' ? `${partsDone.length} of ${partCount} parts. ${why}` : why;
};

interface RowProps {
  transfer: Transfer;
  busy: boolean;
  onAbort: () => void;
}

const Row = ({ transfer, busy, onAbort }: RowProps) => {
  const { tone, word } = transferStateWords[transfer.state];
  return (
    <li className="wl-row wl-ledger-row">
      <div>
        <Middle text={transfer.key} longest={56} mono />
        <Text size="xs" c="dimmed" component="div">
          {formatBytes(transfer.size)}, {transfer.type}
        </Text>
      </div>
      <div>
        <State tone={tone} word={word} why={whyOf(transfer)} />
        <Text size="xs" c="dimmed" component="div">
          <Since time={transfer.receipt?.receivedAt ?? transfer.createdAt} />
        </Text>
      </div>
      <div className="wl-row-end">
        {transfer.state === 'open' && (
          <Button
            size="compact-xs"
            variant="default"
            loading={busy}
            aria-label={`Abort ${transfer.name}`}
            onClick={onAbort}
          >
            Abort
          </Button>
        )}
      </div>
    </li>
  );
};

/** What was uploaded to a connection, by whomever; what is open can be called off. */
export const Ledger = ({ connectionId }: { connectionId: ConnectionId }) => {
  const { teamId } = useTeam();
  const client = useQueryClient();
  const query = useInfiniteQuery(transfersQuery(teamId, connectionId));
  const abort = useMutation({
    mutationFn: ({ id }: Transfer) => call(abortTransfer, { params: { teamId, transferId: id } }),
    onSettled: () => client.invalidateQueries({ queryKey: ['transfers', teamId, connectionId] }),
  });
  return (
    <Section
      title="Uploads"
      about="The ledger: every upload into this bucket that Windlass gave a ticket for."
    >
      {abort.isError && <ProblemNotice error={abort.error} />}
      <ListView what="uploads" query={query} empty={<Text c="dimmed">Nothing was uploaded yet.</Text>}>
        {(transfers) => (
          <ul className="wl-rows" aria-label="Uploads">
            {transfers.map((transfer) => (
              <Row
                key={transfer.id}
                transfer={transfer}
                busy={abort.isPending && abort.variables.id === transfer.id}
                onAbort={() => abort.mutate(transfer)}
              />
            ))}
          </ul>
        )}
      </ListView>
    </Section>
  );
};
