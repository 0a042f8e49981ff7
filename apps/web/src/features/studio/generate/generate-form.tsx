import { Checkbox, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { providerProfiles } from '@windlass/policy/generate';
import { Fold } from '../../../ui/fold.tsx';
import { CapabilityChoice } from '../capability-choice.tsx';
import { ProviderSelect } from '../provider-select.tsx';
import type { GenerateState } from '../state/studio-state.ts';

interface GenerateFormProps {
  form: GenerateState;
  /** The field from which no document can be made, and why. */
  problem: { field: keyof GenerateState; reason: string } | null;
  onChange: (patch: Partial<GenerateState>) => void;
}

type TextField = {
  [Field in keyof GenerateState]: GenerateState[Field] extends string ? Field : never;
}[keyof GenerateState];
type Switch = {
  [Field in keyof GenerateState]: GenerateState[Field] extends boolean ? Field : never;
}[keyof GenerateState];

/** What the documents are made for. */
export const GenerateForm = ({ form, problem, onChange }: GenerateFormProps) => {
  const errorOf = (field: keyof GenerateState) =>
    problem?.field === field ? `It ${problem.reason}.` : undefined;
  const text = (field: TextField, label: string, description?: string, placeholder?: string) => (
    <TextInput
      label={label}
      description={description}
      placeholder={placeholder}
      value={form[field]}
      error={errorOf(field)}
      spellCheck={false}
      autoCapitalize="off"
      onChange={(event) => onChange({ [field]: event.currentTarget.value })}
    />
  );
  const onOff = (field: Switch, label: string, description: string) => (
    <Checkbox
      label={label}
      description={description}
      checked={form[field]}
      onChange={(event) => onChange({ [field]: event.currentTarget.checked })}
    />
  );
  return (
    <Stack gap={16} component="form" onSubmit={(event) => event.preventDefault()} aria-label="What it is for">
      <CapabilityChoice
        value={form.capabilities}
        error={errorOf('capabilities')}
        onChange={(capabilities) => onChange({ capabilities })}
      />
      <ProviderSelect value={form.provider} onChange={(provider) => onChange({ provider })} />
      {text('bucket', 'Bucket')}
      {text('prefix', 'Prefix', 'Empty for the whole bucket, or ends in a slash.')}
      {form.capabilities.includes('process') &&
        text('outputPrefix', 'Output prefix', 'Where results go. Empty: the same prefix.')}
      {text('region', 'Region')}
      {text(
        'principal',
        'Principal',
        'ARN that the bucket policy names. Empty: no rights in a bucket policy.',
      )}
      {text('accountId', 'Account of the bucket', 'Twelve digits.')}
      <Stack gap={8} component="fieldset" className="wl-fieldset">
        <Text component="legend" size="sm" fw={600}>
          Add-ons
        </Text>
        {/* Where nothing comes over TLS, such a policy would shut everybody out. */}
        {providerProfiles[form.provider].tls !== false &&
          onOff('tlsOnly', 'TLS only', 'The bucket refuses requests without it.')}
        {onOff('writeOnce', 'Write once', 'Nothing can be written over.')}
        {onOff('accountPin', 'Account pin', 'Rights end when the bucket belongs to another account.')}
        {text('kmsKey', 'KMS key', 'ARN of the key that the bucket encrypts with.')}
      </Stack>
      <Fold label="Role, access point, pages">
        <Stack gap={16} pt={8}>
          {text('trustPrincipal', 'Who assumes the role', 'ARN. With an external id: makes a trust policy.')}
          {text('externalId', 'External id')}
          {text('accessPoint', 'Access point', 'Its name: rights then go through it.')}
          <Textarea
            label="Origins of pages"
            description="For CORS: scheme, host and port, one a line."
            autosize
            minRows={2}
            maxRows={8}
            value={form.origins}
            error={errorOf('origins')}
            onChange={(event) => onChange({ origins: event.currentTarget.value })}
          />
        </Stack>
      </Fold>
    </Stack>
  );
};
