import { Button, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { retryOrderMail, type Order, type OrderMail } from '@windlass/contract';
import { call } from '../../../lib/api.ts';
import { plural } from '../../../lib/format.ts';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';
import { Since } from '../../../ui/since.tsx';
import { State } from '../../../ui/state.tsx';
import { setupQuery } from '../../account/queries.ts';
import { useTeam } from '../../teams/current-team.tsx';
import { mailName, mailWords } from '../order-words.ts';

interface RowProps {
  mail: OrderMail;
  busy: boolean;
  onRetry: () => void;
}

const Row = ({ mail, busy, onRetry }: RowProps) => {
  const { kind, to, state, at, attempts, trouble } = mail;
  const { tone, word } = mailWords[state];
  return (
    <li>
      <State tone={tone} word={word} />
      <Text size="xs" c="dimmed" component="div">
        {mailName(kind)} to <bdi>{to}</bdi>, <Since time={at} />
      </Text>
      {trouble !== null && (
        <Text size="xs" component="div">
          {trouble}{' '}
          {state === 'pending'
            ? `Tried ${plural(attempts, 'time')}; it is tried again by itself.`
            : attempts > 1 && `Given up after ${plural(attempts, 'try', 'tries')}.`}
        </Text>
      )}
      {state === 'failed' && (
        <Button
          size="compact-xs"
          variant="default"
          mt={4}
          loading={busy}
          aria-label={`Try again: ${mailName(kind)} to ${to}`}
          onClick={onRetry}
        >
          Try again
        </Button>
      )}
    </li>
  );
};

/** The mails of an order, each with what became of it; one that failed can be sent again. */
export const Mails = ({ order }: { order: Order }) => {
  const { teamId } = useTeam();
  const client = useQueryClient();
  const setup = useQuery(setupQuery);
  const retry = useMutation({
    mutationFn: ({ id }: OrderMail) =>
      call(retryOrderMail, { params: { teamId, orderId: order.id, orderMailId: id } }),
    // Also where it failed: somebody else may have done it.
    onSettled: () => client.invalidateQueries({ queryKey: ['order', teamId, order.id] }),
  });
  if (order.mails.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        {setup.data?.sendsMail === false
          ? 'None was sent: this server has no mail server (WINDLASS_SMTP_URL).'
          : 'None was sent.'}
      </Text>
    );
  }
  return (
    <>
      <ul className="wl-timeline" aria-label="E-mails">
        {order.mails.map((mail) => (
          <Row
            key={mail.id}
            mail={mail}
            busy={retry.isPending && retry.variables.id === mail.id}
            onRetry={() => retry.mutate(mail)}
          />
        ))}
      </ul>
      {retry.isError && <ProblemNotice error={retry.error} />}
    </>
  );
};
