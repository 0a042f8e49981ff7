import { useQuery } from '@tanstack/react-query';
import { Group, NumberInput, Stack, Switch, TagsInput } from '@mantine/core';
import { BytesInput } from '../../../../ui/bytes-input.tsx';
import { setupQuery } from '../../../account/queries.ts';
import type { DropForm } from '../drop-values.ts';
import { bytesProps } from './bytes-props.ts';

interface FormProps {
  form: DropForm;
}

/** Who of the lab hears of an order. */
export const NotifyFields = ({ form }: FormProps) => {
  const setup = useQuery(setupQuery);
  return (
    <TagsInput
      label="Tell these addresses of every order"
      description={
        setup.data?.sendsMail === false
          ? 'This server has no mail server (WINDLASS_SMTP_URL): nothing is sent. Webhooks of the team are told.'
          : 'By e-mail. Webhooks of the team are told as well.'
      }
      splitChars={[',', ' ', ';']}
      spellCheck={false}
      maxTags={10}
      {...form.getInputProps('notifyEmails')}
    />
  );
};

/** What the page takes in all, so that nobody can fill the bucket. */
export const QuotaFields = ({ form }: FormProps) => (
  <Stack gap={16}>
    <NumberInput
      label="Most orders of a day"
      description="Empty: no bound."
      min={1}
      max={100_000}
      thousandSeparator=","
      {...form.getInputProps('maxOrdersPerDay')}
    />
    <Group gap={16} grow preventGrowOverflow={false} align="flex-start">
      <BytesInput
        label="Most bytes of a day"
        placeholder="no bound"
        {...bytesProps(form, 'maxBytesPerDay')}
      />
      <BytesInput label="Most bytes in all" placeholder="no bound" {...bytesProps(form, 'maxTotalBytes')} />
    </Group>
  </Stack>
);

/** Which sites may show the page in a frame. */
export const EmbedFields = ({ form }: FormProps) => (
  <Stack gap={16}>
    <Switch
      label="Any site may show the page in a frame"
      checked={form.values.anyEmbedder}
      onChange={({ currentTarget: { checked } }) => form.setFieldValue('anyEmbedder', checked)}
    />
    {!form.values.anyEmbedder && (
      <TagsInput
        label="Sites that may"
        description="Origins such as https://www.example.com. None: the page stands alone."
        splitChars={[',', ' ', ';']}
        spellCheck={false}
        maxTags={20}
        {...form.getInputProps('embedOrigins')}
      />
    )}
  </Stack>
);
