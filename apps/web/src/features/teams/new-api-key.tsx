import { Button, Checkbox, Group, NumberInput, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { createApiKey, scopes, type Scope } from '@windlass/contract';
import { call } from '../../lib/api.ts';
import { fieldErrors } from '../../lib/problem.ts';
import { validateWith } from '../../lib/validate.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { ShownOnce } from '../../ui/shown-once.tsx';
import { useTeam } from './current-team.tsx';

interface KeyValues {
  name: string;
  scopes: Scope[];
  /** Empty: it does not end by itself. */
  expiresInDays: number | string;
}

const bodyOf = ({ name, scopes: chosen, expiresInDays }: KeyValues) => ({
  name,
  scopes: chosen,
  ...(typeof expiresInDays === 'number' ? { expiresInDays } : {}),
});

const validate = validateWith(createApiKey.body);

/** Makes an API key and shows it once. */
export const NewApiKey = ({ onClose }: { onClose: () => void }) => {
  const { teamId } = useTeam();
  const client = useQueryClient();
  const form = useForm<KeyValues>({
    initialValues: { name: '', scopes: [], expiresInDays: 90 },
    validate: (values) => validate(bodyOf(values)),
  });
  const make = useMutation({
    mutationFn: (values: KeyValues) => call(createApiKey, { params: { teamId }, body: bodyOf(values) }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['api-keys', teamId] }),
    onError: (error) => form.setErrors(fieldErrors(error)),
  });
  if (make.data !== undefined) {
    return (
      <Stack gap={16}>
        <ShownOnce
          about="Copy the key now: only its last four characters are shown later."
          secrets={[{ label: 'API key', text: make.data.secret }]}
        />
        <Button onClick={onClose} style={{ alignSelf: 'flex-end' }}>
          Done
        </Button>
      </Stack>
    );
  }
  return (
    <form noValidate onSubmit={form.onSubmit((values) => make.mutate(values))}>
      <Stack gap={16}>
        {make.isError && <ProblemNotice error={make.error} />}
        <TextInput
          label="Name"
          description="What uses it, e.g. website build."
          required
          data-autofocus
          {...form.getInputProps('name')}
        />
        <Checkbox.Group
          label="Scopes"
          description="As few as the program needs; write includes read."
          required
          {...form.getInputProps('scopes')}
        >
          <Stack gap={8} mt={8}>
            {scopes.map((scope) => (
              <Checkbox key={scope} value={scope} label={scope} />
            ))}
          </Stack>
        </Checkbox.Group>
        <NumberInput
          label="Valid for, days"
          description="Empty: until it is revoked."
          min={1}
          max={3650}
          {...form.getInputProps('expiresInDays')}
        />
        <Group justify="flex-end" gap={8}>
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={make.isPending}>
            Make key
          </Button>
        </Group>
      </Stack>
    </form>
  );
};
