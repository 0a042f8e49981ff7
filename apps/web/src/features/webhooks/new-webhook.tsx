import { Button, Group, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { createWebhook, webhookEvents, type WebhookEvent } from '@windlass/contract';
import { call } from '../../lib/api.ts';
import { fieldErrors } from '../../lib/problem.ts';
import { validateWith } from '../../lib/validate.ts';
import { LinkButton } from '../../ui/link-button.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { ShownOnce } from '../../ui/shown-once.tsx';
import { useTeam } from '../teams/current-team.tsx';
import { WebhookEventChoice } from './webhook-event-choice.tsx';

/** As the API has it where nothing is said: all that there is to tell. */
const allEvents: { url: string; events: WebhookEvent[] } = { url: '', events: [...webhookEvents] };

/** Makes a webhook and shows its signing secret once. */
export const NewWebhook = ({ onClose }: { onClose: () => void }) => {
  const { teamId } = useTeam();
  const client = useQueryClient();
  const form = useForm({ initialValues: allEvents, validate: validateWith(createWebhook.body) });
  const make = useMutation({
    mutationFn: (body: typeof form.values) => call(createWebhook, { params: { teamId }, body }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['webhooks', teamId] }),
    onError: (error) => form.setErrors(fieldErrors(error)),
  });
  if (make.data !== undefined) {
    return (
      <Stack gap={16}>
        <ShownOnce
          about="Copy the signing secret now: it is not shown again."
          secrets={[{ label: 'Signing secret', text: make.data.secret }]}
        />
        <Group justify="flex-end" gap={8}>
          <Button variant="default" onClick={onClose}>
            Done
          </Button>
          <LinkButton to="/team/webhooks/$webhookId" params={{ webhookId: make.data.webhook.id }}>
            Open it and send a test
          </LinkButton>
        </Group>
      </Stack>
    );
  }
  return (
    <form noValidate onSubmit={form.onSubmit((values) => make.mutate(values))}>
      <Stack gap={16}>
        {make.isError && <ProblemNotice error={make.error} fields={Object.keys(allEvents)} />}
        <TextInput
          label="Address"
          description="https; Windlass posts to it when something happens."
          placeholder="https://hooks.example.com/windlass"
          required
          data-autofocus
          inputMode="url"
          spellCheck={false}
          {...form.getInputProps('url')}
        />
        <WebhookEventChoice {...form.getInputProps('events')} value={form.values.events} />
        <Group justify="flex-end" gap={8}>
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={make.isPending}>
            Make webhook
          </Button>
        </Group>
      </Stack>
    </form>
  );
};
