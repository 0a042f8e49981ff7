import { Group, NumberInput, PasswordInput, Select, Stack, Textarea, TextInput } from '@mantine/core';
import { challengeKinds, dropAccessKinds, type Drop } from '@windlass/contract';
import { accessWords, challengeWords, customerFieldWords } from '../../drop-words.ts';
import type { DropForm } from '../drop-values.ts';

interface FormProps {
  form: DropForm;
}

/** `challengeWords` and its like as the choices of a field. */
const choicesOf = (words: Readonly<Record<string, string>>) =>
  Object.entries(words).map(([value, label]) => ({ value, label }));

/** Until when orders come in. */
export const DeadlineFields = ({ form }: FormProps) => (
  <Group gap={16} grow preventGrowOverflow={false} align="flex-start">
    <TextInput
      type="datetime-local"
      label="Deadline"
      description="In your time zone. Empty: none."
      {...form.getInputProps('closesAt')}
    />
    <NumberInput
      label="Late hours"
      description="So long after it orders still come in, marked as late."
      min={0}
      max={1440}
      disabled={form.values.closesAt === ''}
      {...form.getInputProps('lateHours')}
    />
  </Group>
);

interface KeptProps extends FormProps {
  /** The page as it is stored; null while it is being made. */
  drop: Drop | null;
}

/** Who may order. */
export const AccessFields = ({ form, drop }: KeptProps) => {
  const { access } = form.values;
  const kept = drop !== null && drop.hasPassword && drop.access === access;
  return (
    <Stack gap={16}>
      <Select
        label="Who may order"
        allowDeselect={false}
        data={choicesOf(accessWords)}
        {...form.getInputProps('access')}
        onChange={(value) => {
          const next = dropAccessKinds.find((kind) => kind === value);
          if (next !== undefined) form.setFieldValue('access', next);
        }}
      />
      {access !== 'open' && (
        <PasswordInput
          label={access === 'pin' ? 'PIN' : 'Password'}
          description={
            kept
              ? 'One is set and is not shown. Type another one to replace it.'
              : 'Kept as a hash, and never shown again: note it where your customers get it from.'
          }
          required={!kept}
          autoComplete="new-password"
          inputMode={access === 'pin' ? 'numeric' : 'text'}
          placeholder={kept ? 'set' : ''}
          visibilityToggleButtonProps={{ 'aria-label': `Show the ${access === 'pin' ? 'PIN' : 'password'}` }}
          {...form.getInputProps('password')}
        />
      )}
    </Stack>
  );
};

/** What is asked about the customer, and what they agree to. */
export const CustomerFields = ({ form }: FormProps) => (
  <Stack gap={16}>
    <Group gap={16} grow preventGrowOverflow={false}>
      <Select
        label="E-mail of the customer"
        allowDeselect={false}
        data={choicesOf(customerFieldWords)}
        {...form.getInputProps('customerEmail')}
      />
      <Select
        label="Phone of the customer"
        allowDeselect={false}
        data={choicesOf(customerFieldWords)}
        {...form.getInputProps('customerPhone')}
      />
    </Group>
    <Textarea
      label="Consent"
      description="A box with this text that has to be ticked before an order is sent. Empty: none."
      placeholder="I may order prints of these pictures and agree to the terms of the lab."
      autosize
      minRows={2}
      maxRows={8}
      {...form.getInputProps('consentText')}
    />
  </Stack>
);

/** Against robots. */
export const ChallengeFields = ({ form, drop }: KeptProps) => (
  <Stack gap={16}>
    <Select
      label="Against robots"
      description="Work costs a browser about a second and a robot its patience; the customer sees nothing of it."
      allowDeselect={false}
      data={choicesOf(challengeWords)}
      {...form.getInputProps('challenge')}
      onChange={(value) => {
        const next = challengeKinds.find((kind) => kind === value);
        if (next !== undefined) form.setFieldValue('challenge', next);
      }}
    />
    {form.values.challenge === 'hcaptcha' && (
      <>
        <TextInput label="Site key" required spellCheck={false} {...form.getInputProps('hcaptchaSiteKey')} />
        <PasswordInput
          label="Secret"
          description={
            drop?.hasHcaptchaSecret === true
              ? 'One is set and is not shown. Type another one to replace it.'
              : 'Sealed when it is stored, and never shown again.'
          }
          required={drop?.hasHcaptchaSecret !== true}
          autoComplete="new-password"
          placeholder={drop?.hasHcaptchaSecret === true ? 'set' : ''}
          visibilityToggleButtonProps={{ 'aria-label': 'Show the secret' }}
          {...form.getInputProps('hcaptchaSecret')}
        />
      </>
    )}
  </Stack>
);
