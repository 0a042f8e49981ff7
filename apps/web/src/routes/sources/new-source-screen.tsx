import { Button, Group, Stack, Text } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { createSource, sourceSettings } from '@windlass/contract';
import { connectionChoicesQuery } from '../../features/connections/queries.ts';
import { KeysOnce } from '../../features/sources/keys/keys-once.tsx';
import { NewSourceFields } from '../../features/sources/settings/source-fields.tsx';
import {
  formErrors,
  neededByKind,
  newSource,
  sourceBody,
  type SourceValues,
} from '../../features/sources/settings/source-values.ts';
import { SourceWarnings } from '../../features/sources/settings/source-warnings.tsx';
import { useTeam } from '../../features/teams/current-team.tsx';
import { call } from '../../lib/api.ts';
import { fieldErrors } from '../../lib/problem.ts';
import { validateWith } from '../../lib/validate.ts';
import { LinkButton } from '../../ui/link-button.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';

const route = getRouteApi('/app/sources/new');
const validate = validateWith(sourceSettings);

/** A bucket needs a connection; a web folder does not. */
const NoConnection = () => (
  <div className="wl-notice">
    <Stack gap={8} align="flex-start">
      <Text size="sm">There is no connection yet. Connect a bucket first, or serve a web folder.</Text>
      <LinkButton to="/connections/new" size="xs">
        Connect a bucket
      </LinkButton>
    </Stack>
  </div>
);

/** Makes a source; the keys of a secured one are shown once before going on. */
export const NewSourceScreen = () => {
  const { teamId } = useTeam();
  const { connection } = route.useSearch();
  const client = useQueryClient();
  const navigate = useNavigate();
  const choices = useQuery(connectionChoicesQuery(teamId));
  const form = useForm<SourceValues>({
    initialValues: newSource(connection ?? ''),
    validate: (values) => ({ ...formErrors(validate(sourceBody(values))), ...neededByKind(values) }),
  });
  const open = (sourceId: string) => navigate({ to: '/sources/$sourceId', params: { sourceId } });
  const make = useMutation({
    mutationFn: (values: SourceValues) =>
      call(createSource, { params: { teamId }, body: sourceBody(values) }),
    onSuccess: async ({ source, signingKeys, warnings }) => {
      await client.invalidateQueries({ queryKey: ['sources', teamId] });
      await client.invalidateQueries({ queryKey: ['connections', teamId] });
      if (signingKeys === null && warnings.length === 0) await open(source.id);
    },
    onError: (error) => form.setErrors(formErrors(fieldErrors(error))),
  });
  const made = make.data;
  const toTell = made !== undefined && (made.signingKeys !== null || made.warnings.length > 0);
  return (
    <div style={{ maxWidth: 640 }}>
      <PageHeader
        title="New image source"
        about="Pictures stay where they are; sizes and formats are made on the way out."
      />
      {toTell ? (
        <Stack gap={16}>
          <SourceWarnings warnings={made.warnings} />
          {made.signingKeys !== null && <KeysOnce keys={made.signingKeys} />}
          <Button w="fit-content" onClick={() => void open(made.source.id)}>
            {made.signingKeys === null ? 'Open the source' : 'I have kept them: open the source'}
          </Button>
        </Stack>
      ) : (
        <form noValidate onSubmit={form.onSubmit((values) => make.mutate(values))}>
          <Stack gap={16}>
            {make.isError && <ProblemNotice error={make.error} />}
            {form.values.kind === 'connection' && choices.data?.items.length === 0 && <NoConnection />}
            <NewSourceFields form={form} />
            <Group justify="flex-end" gap={8}>
              <LinkButton to="/sources" variant="default">
                Cancel
              </LinkButton>
              <Button type="submit" loading={make.isPending}>
                Make source
              </Button>
            </Group>
          </Stack>
        </form>
      )}
    </div>
  );
};
