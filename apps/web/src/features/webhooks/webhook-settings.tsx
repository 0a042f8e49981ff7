import { Button, Stack, Switch, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useDisclosure } from '@mantine/hooks';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { rotateWebhookSecret, updateWebhook, type Webhook } from '@windlass/contract';
import { call, callVersioned } from '../../lib/api.ts';
import { fieldErrors } from '../../lib/problem.ts';
import { validateWith } from '../../lib/validate.ts';
import { Confirm } from '../../ui/confirm-delete.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { SaveBar } from '../../ui/save-bar.tsx';
import { Section } from '../../ui/section.tsx';
import { ShownOnce } from '../../ui/shown-once.tsx';
import { Since } from '../../ui/since.tsx';
import { toastDone } from '../../ui/toast.ts';
import { useTeam } from '../teams/current-team.tsx';
import { WebhookEventChoice } from './webhook-event-choice.tsx';

interface WebhookSettingsProps {
  webhook: Webhook;
  etag: string | null;
}

const validate = validateWith(updateWebhook.body);

/** Where it goes, what it tells, and whether it is on. */
export const WebhookSettings = ({ webhook, etag }: WebhookSettingsProps) => {
  const { teamId } = useTeam();
  const client = useQueryClient();
  const { url, events, enabled } = webhook;
  const form = useForm({ initialValues: { url, events, enabled }, validate });
  const save = useMutation({
    mutationFn: (body: typeof form.values) =>
      callVersioned(updateWebhook, {
        params: { teamId, webhookId: webhook.id },
        body,
        ...(etag === null ? {} : { ifMatch: etag }),
      }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['webhook', teamId, webhook.id] });
      await client.invalidateQueries({ queryKey: ['webhooks', teamId] });
      toastDone('The webhook is saved.');
    },
    onError: (error) => form.setErrors(fieldErrors(error)),
  });
  return (
    <div className="wl-card">
      <Section title="Settings">
        <form noValidate onSubmit={form.onSubmit((values) => save.mutate(values))}>
          <Stack gap={12}>
            {save.isError && <ProblemNotice error={save.error} fields={Object.keys(form.values)} />}
            <TextInput label="Address" required spellCheck={false} {...form.getInputProps('url')} />
            <WebhookEventChoice {...form.getInputProps('events')} value={form.values.events} />
            <Switch label="Send to it" {...form.getInputProps('enabled', { type: 'checkbox' })} />
            <SaveBar form={form} saving={save.isPending} />
          </Stack>
        </form>
      </Section>
    </div>
  );
};

/** The secret that signs: never shown again, replaced with a day's overlap. */
export const WebhookSecret = ({ webhook }: { webhook: Webhook }) => {
  const { teamId } = useTeam();
  const client = useQueryClient();
  const [opened, dialog] = useDisclosure(false);
  const rotate = useMutation({
    mutationFn: () =>
      call(rotateWebhookSecret, { params: { teamId, webhookId: webhook.id }, body: { overlapHours: 24 } }),
    onSuccess: async () => {
      dialog.close();
      await client.invalidateQueries({ queryKey: ['webhook', teamId, webhook.id] });
    },
  });
  return (
    <div className="wl-card">
      <Section
        title="Signing secret"
        actions={
          <Button size="xs" variant="default" onClick={dialog.open}>
            Make a new one
          </Button>
        }
      >
        <Stack gap={12}>
          {rotate.data !== undefined && (
            <ShownOnce
              about="Copy the signing secret now: it is not shown again."
              secrets={[{ label: 'Signing secret', text: rotate.data.secret }]}
            />
          )}
          <Text size="sm" c="dimmed" component="div">
            Each message carries webhook-id, webhook-timestamp and webhook-signature.
            {webhook.previousSecretUntil !== null && (
              <>
                {' '}
                The secret before signs too, until <Since time={webhook.previousSecretUntil} />.
              </>
            )}
          </Text>
        </Stack>
      </Section>
      <Confirm
        opened={opened}
        onClose={dialog.close}
        title="Make a new signing secret"
        button="Make a new one"
        busy={rotate.isPending}
        error={rotate.error}
        onConfirm={() => rotate.mutate()}
      >
        The one in use signs beside it for 24 hours: give the new one to the receiver until then.
      </Confirm>
    </div>
  );
};
