import { Badge, Button, Group, Modal, NumberInput, Stack, Table, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { providers, resetStoragePrices, setStoragePrices, type OrderCosts } from '@windlass/contract';
import { useState } from 'react';
import { call } from '../../../lib/api.ts';
import { fieldErrors } from '../../../lib/problem.ts';
import { validateWith } from '../../../lib/validate.ts';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';
import { Section } from '../../../ui/section.tsx';
import { toastDone } from '../../../ui/toast.ts';
import { useTeam } from '../../teams/current-team.tsx';
import { orderCostsQuery } from '../queries.ts';

/** What scrolls sideways is reached by the keyboard. */
const focusable = { type: 'auto' as const, viewportProps: { tabIndex: 0 } };

type Prices = OrderCosts['prices'][number];

const priceFields = [
  { name: 'storagePerGbMonth', label: 'Storage, per GB and month', short: 'Storage, GB-month' },
  { name: 'downloadPerGb', label: 'Download, per GB', short: 'Download, GB' },
  { name: 'writesPerThousand', label: 'PUT, POST and LIST, per thousand', short: 'Writes, 1,000' },
  { name: 'readsPerThousand', label: 'GET and HEAD, per thousand', short: 'Reads, 1,000' },
] as const;

const usePriceMutation = <Input,>(
  mutationFn: (input: Input) => Promise<unknown>,
  done: string,
  onDone: () => void,
) => {
  const { teamId } = useTeam();
  const client = useQueryClient();
  return useMutation({
    mutationFn,
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['order-costs', teamId] });
      toastDone(done);
      onDone();
    },
  });
};

const EditPrices = ({ prices, onClose }: { prices: Prices; onClose: () => void }) => {
  const { teamId } = useTeam();
  const params = { teamId, provider: prices.provider };
  const { name } = providers[prices.provider];
  const form = useForm({
    initialValues: {
      currency: prices.currency,
      storagePerGbMonth: prices.storagePerGbMonth,
      downloadPerGb: prices.downloadPerGb,
      writesPerThousand: prices.writesPerThousand,
      readsPerThousand: prices.readsPerThousand,
    },
    validate: validateWith(setStoragePrices.body),
  });
  const save = usePriceMutation(
    (body: typeof form.values) => call(setStoragePrices, { params, body }),
    `Your prices of ${name} are saved.`,
    onClose,
  );
  const reset = usePriceMutation(
    () => call(resetStoragePrices, { params }),
    `${name} has the prices that come with Windlass again.`,
    onClose,
  );
  const error = save.error ?? reset.error;
  return (
    <form
      noValidate
      onSubmit={form.onSubmit((values) =>
        save.mutate(values, { onError: (refused) => form.setErrors(fieldErrors(refused)) }),
      )}
    >
      <Stack gap={12}>
        <TextInput
          label="Currency"
          description="Three letters of ISO 4217."
          maxLength={3}
          spellCheck={false}
          {...form.getInputProps('currency')}
          onChange={({ currentTarget: { value } }) => form.setFieldValue('currency', value.toUpperCase())}
        />
        {priceFields.map((field) => (
          <NumberInput
            key={field.name}
            label={field.label}
            min={0}
            decimalScale={6}
            {...form.getInputProps(field.name)}
          />
        ))}
        {error !== null && <ProblemNotice error={error} />}
        <Group justify="space-between" gap={8}>
          <Button
            variant="default"
            disabled={!prices.own}
            loading={reset.isPending}
            onClick={() => reset.mutate(undefined)}
          >
            Reset
          </Button>
          <Button type="submit" disabled={!form.isDirty()} loading={save.isPending}>
            Save
          </Button>
        </Group>
      </Stack>
    </form>
  );
};

/** What providers ask; a lab with a contract of its own writes its prices here. */
export const PricesCard = ({ mayWrite }: { mayWrite: boolean }) => {
  const { teamId } = useTeam();
  const query = useQuery(orderCostsQuery(teamId, undefined));
  const [edited, setEdited] = useState<Prices | null>(null);
  const prices = query.data?.prices ?? [];
  if (prices.length === 0) return null;
  return (
    <Section title="Prices" about="Change what your contract says otherwise.">
      <Table.ScrollContainer minWidth={760} scrollAreaProps={focusable}>
        <Table fz="xs" className="wl-numbers" aria-label="Prices">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Provider</Table.Th>
              {priceFields.map(({ name, short }) => (
                <Table.Th key={name}>{short}</Table.Th>
              ))}
              <Table.Th>From</Table.Th>
              {mayWrite && (
                <Table.Th>
                  <span className="wl-visually-hidden">Change</span>
                </Table.Th>
              )}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {prices.map((one) => (
              <Table.Tr key={one.provider}>
                <Table.Th scope="row">{providers[one.provider].name}</Table.Th>
                {priceFields.map(({ name }) => (
                  <Table.Td key={name}>
                    {one[name]} {one.currency}
                  </Table.Td>
                ))}
                <Table.Td>
                  {one.own ? (
                    <Badge variant="outline" color="gray" size="sm" tt="none" fw={500} c="dimmed">
                      yours
                    </Badge>
                  ) : (
                    <Text size="xs" c="dimmed">
                      {one.source}
                    </Text>
                  )}
                </Table.Td>
                {mayWrite && (
                  <Table.Td>
                    <Button
                      size="compact-xs"
                      variant="default"
                      aria-label={`Change the prices of ${providers[one.provider].name}`}
                      onClick={() => setEdited(one)}
                    >
                      Change
                    </Button>
                  </Table.Td>
                )}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      <Modal
        opened={edited !== null}
        onClose={() => setEdited(null)}
        title={edited === null ? '' : `Prices of ${providers[edited.provider].name}`}
      >
        {edited !== null && (
          <EditPrices key={edited.provider} prices={edited} onClose={() => setEdited(null)} />
        )}
      </Modal>
    </Section>
  );
};
