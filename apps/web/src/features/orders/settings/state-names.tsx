import { Button, Group, Stack, Table, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { deskStates, orderStateLabels, setOrderStateLabels, type OrderStateLabels } from '@windlass/contract';
import { call } from '../../../lib/api.ts';
import { validateWith } from '../../../lib/validate.ts';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';
import { SaveBar } from '../../../ui/save-bar.tsx';
import { Section } from '../../../ui/section.tsx';
import { State } from '../../../ui/state.tsx';
import { toastDone } from '../../../ui/toast.ts';
import { useTeam } from '../../teams/current-team.tsx';
import { orderStateWords } from '../order-words.ts';
import { stateLabelsQuery } from '../queries.ts';

interface NamesProps {
  labels: OrderStateLabels;
  mayWrite: boolean;
}

const usual = Object.fromEntries(deskStates.map((state) => [state, orderStateWords[state].word]));

const Names = ({ labels, mayWrite }: NamesProps) => {
  const { teamId } = useTeam();
  const client = useQueryClient();
  const form = useForm<Record<string, string>>({
    initialValues: { ...labels },
    validate: validateWith(orderStateLabels),
  });
  const save = useMutation({
    mutationFn: (body: OrderStateLabels) => call(setOrderStateLabels, { params: { teamId }, body }),
    onSuccess: (saved) => {
      client.setQueryData(stateLabelsQuery(teamId).queryKey, saved);
      form.setInitialValues({ ...saved });
      form.reset();
      toastDone('The names are saved.');
    },
  });
  return (
    <form noValidate onSubmit={form.onSubmit((values) => save.mutate(orderStateLabels.parse(values)))}>
      <Stack gap={12}>
        <Table aria-label="Names of states" verticalSpacing={4} layout="fixed">
          <Table.Thead>
            <Table.Tr>
              <Table.Th w="40%">State</Table.Th>
              <Table.Th>What you call it</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {deskStates.map((state) => (
              <Table.Tr key={state}>
                <Table.Th scope="row" fw={400}>
                  <State tone={orderStateWords[state].tone} word={orderStateWords[state].word} />
                </Table.Th>
                <Table.Td>
                  <TextInput
                    size="xs"
                    aria-label={`What you call ${orderStateWords[state].word}`}
                    maxLength={40}
                    disabled={!mayWrite}
                    {...form.getInputProps(state)}
                  />
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
        {save.isError && <ProblemNotice error={save.error} />}
        {mayWrite && (
          <Group justify="space-between" gap={8}>
            <Button variant="subtle" size="xs" color="gray" onClick={() => form.setValues(usual)}>
              Use the usual names
            </Button>
            <SaveBar form={form} saving={save.isPending} />
          </Group>
        )}
      </Stack>
    </form>
  );
};

/** What the lab calls the states of an order; customers read these words on their status page and in e-mails. */
export const StateNames = ({ mayWrite }: { mayWrite: boolean }) => {
  const { teamId } = useTeam();
  const query = useQuery(stateLabelsQuery(teamId));
  return (
    <div className="wl-card" style={{ maxWidth: 560 }}>
      <Section title="States" about="Customers read your words on the status page and in e-mails.">
        {query.isError && query.data === undefined && (
          <ProblemNotice error={query.error} retry={() => void query.refetch()} />
        )}
        {query.data !== undefined && <Names labels={query.data} mayWrite={mayWrite} />}
      </Section>
    </div>
  );
};
