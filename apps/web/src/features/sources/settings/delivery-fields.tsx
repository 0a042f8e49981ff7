import { Checkbox, Group, NumberInput, Select, Stack, TextInput } from '@mantine/core';
import { autoFormats, type Source, type SourceErrorAnswer } from '@windlass/contract';
import { formatSeconds } from '../../../lib/format.ts';
import { PathInput } from '../path-input.tsx';
import { useConnectionChoices } from './origin-fields.tsx';
import { isErrorAnswer, type SourceForm } from './source-values.ts';

interface FormProps {
  form: SourceForm;
}

const formatWords = { avif: 'AVIF', webp: 'WebP' } as const;

const errorWords = {
  text: 'A line of text that says what is wrong',
  placeholder: 'A grey picture of the size asked for',
} as const satisfies Record<SourceErrorAnswer, string>;

/** What a URL does not say. */
export const DefaultFields = ({ form }: FormProps) => (
  <Stack gap={16}>
    <TextInput
      label="Default parameters"
      description="Used where a URL does not set the same name, e.g. format=webp&quality=80."
      spellCheck={false}
      {...form.getInputProps('defaultParameters')}
    />
    <Checkbox.Group
      label="format=auto may answer with"
      description="The smallest of these that the browser accepts; JPEG or PNG where it accepts none."
      {...form.getInputProps('autoFormats')}
    >
      <Group gap={16} mt={8}>
        {autoFormats.map((format) => (
          <Checkbox key={format} value={format} label={formatWords[format]} />
        ))}
      </Group>
    </Checkbox.Group>
  </Stack>
);

interface SecondsFieldProps extends FormProps {
  name: 'maxAgeSeconds' | 'revalidateSeconds' | 'staleSeconds';
  label: string;
  does: string;
}

/** Seconds, with what they come to beside them. */
const SecondsField = ({ form, name, label, does }: SecondsFieldProps) => {
  const value = form.values[name];
  return (
    <NumberInput
      label={`${label}, seconds`}
      description={`${does}${typeof value === 'number' ? ` Now ${formatSeconds(value)}.` : ''}`}
      min={0}
      thousandSeparator=","
      {...form.getInputProps(name)}
    />
  );
};

/** How long a picture counts, and where it is kept. */
export const CacheFields = ({ form }: FormProps) => {
  const { data } = useConnectionChoices();
  return (
    <Stack gap={16}>
      <SecondsField
        form={form}
        name="maxAgeSeconds"
        label="Browsers and CDNs keep it"
        does="Cache-Control: max-age. A purge does not reach them, so this is the longest that anybody sees an old picture."
      />
      <SecondsField
        form={form}
        name="revalidateSeconds"
        label="Look for a new original after"
        does="For so long this server does not ask whether the original has changed. 0 asks on every request."
      />
      <SecondsField
        form={form}
        name="staleSeconds"
        label="Serve the old one meanwhile for"
        does="For so long after that a visitor still gets the old picture at once, while the original is looked at in the background."
      />
      <Select
        label="Keep made pictures in a bucket too"
        description="So that they outlive this server and all servers share them: below .windlass/cache/ of this connection, which needs to read, write and delete there."
        placeholder="no: in memory and on disk only"
        clearable
        clearButtonProps={{ 'aria-label': 'Keep them in no bucket' }}
        searchable
        data={data}
        {...form.getInputProps('cacheConnectionId')}
        value={form.values.cacheConnectionId === '' ? null : form.values.cacheConnectionId}
        onChange={(value) => form.setFieldValue('cacheConnectionId', value ?? '')}
      />
    </Stack>
  );
};

interface ErrorFieldsProps extends FormProps {
  /** Null for a source that is being made: there is nothing to choose a picture from. */
  source: Source | null;
}

/** What is shown where a picture cannot be. */
export const ErrorFields = ({ form, source }: ErrorFieldsProps) => {
  const fallback = {
    label: 'Fallback picture',
    description:
      'A path of this source. Shown, with the parameters asked for, where the original is missing or cannot be read.',
    placeholder: 'none',
  };
  return (
    <Stack gap={16}>
      {source === null ? (
        <TextInput {...fallback} spellCheck={false} {...form.getInputProps('fallbackPath')} />
      ) : (
        <PathInput
          what="the fallback"
          source={source}
          {...fallback}
          error={form.errors['fallbackPath']}
          value={form.values.fallbackPath}
          onChange={(path) => form.setFieldValue('fallbackPath', path)}
          onChoose={(path) => form.setFieldValue('fallbackPath', path)}
        />
      )}
      <Select
        label="Without one, an error answers with"
        allowDeselect={false}
        data={Object.entries(errorWords).map(([value, label]) => ({ value, label }))}
        value={form.values.onError}
        onChange={(value) => isErrorAnswer(value) && form.setFieldValue('onError', value)}
      />
    </Stack>
  );
};

/** What is too much for one request. */
export const LimitFields = ({ form }: FormProps) => (
  <Stack gap={16}>
    <NumberInput
      label="Largest original, MiB"
      min={0}
      decimalScale={3}
      {...form.getInputProps('maxInputMebibytes')}
    />
    <NumberInput
      label="Largest original, pixels"
      min={1}
      thousandSeparator=","
      {...form.getInputProps('maxInputPixels')}
    />
    <NumberInput label="Most frames" min={1} {...form.getInputProps('maxInputFrames')} />
    <NumberInput
      label="Longest side of the answer, pixels"
      min={1}
      thousandSeparator=","
      {...form.getInputProps('maxOutputSide')}
    />
  </Stack>
);
