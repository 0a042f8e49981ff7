import { Button, Group, Stack } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { createSource, sourceSettings } from '@windlass/contract';
import { connectionChoicesQuery } from '../../features/connections/queries.ts';
import { KeysOnce } from '../../features/sources/keys-once.tsx';
import { SourceFields } from '../../features/sources/source-fields.tsx';
import {
  formErrors,
  newSource,
  sourceBody,
  type SourceValues,
} from '../../features/sources/source-values.ts';
import { useTeam } from '../../features/teams/current-team.tsx';
import { call } from '../../lib/api.ts';
import { fieldErrors } from '../../lib/problem.ts';
import { validateWith } from '../../lib/validate.ts';
import { Empty } from '../../ui/empty.tsx';
import { LinkButton } from '../../ui/link-button.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';

const route = getRouteApi('/app/sources/new');
const validate = validateWith(sourceSettings);

/** Makes a source; the keys of a secured one are shown once before going on. */
export const NewSourceScreen = () => {
  const { teamId } = useTeam();
  const { connection } = route.useSearch();
  const client = useQueryClient();
  const navigate = useNavigate();
  const choices = useQuery(connectionChoicesQuery(teamId));
  const form = useForm<SourceValues>({
    initialValues: newSource(connection ?? ''),
    validate: (values) => formErrors(validate(sourceBody(values))),
  });
  const open = (sourceId: string) => navigate({ to: '/sources/$sourceId', params: { sourceId } });
  const make = useMutation({
    mutationFn: (values: SourceValues) =>
      call(createSource, { params: { teamId }, body: sourceBody(values) }),
    onSuccess: async ({ source, signingKeys }) => {
      await client.invalidateQueries({ queryKey: ['sources', teamId] });
      await client.invalidateQueries({ queryKey: ['connections', teamId] });
      if (signingKeys === null) await open(source.id);
    },
    onError: (error) => form.setErrors(formErrors(fieldErrors(error))),
  });
  const keys = make.data?.signingKeys;
  return (
    <div style={{ maxWidth: 640 }}>
      <PageHeader
        title="New image source"
        about="Pictures stay in your bucket; sizes and formats are made on the way out."
      />
      {keys !== null && keys !== undefined && make.data !== undefined ? (
        <Stack gap={16}>
          <KeysOnce keys={keys} />
          <Button w="fit-content" onClick={() => make.data !== undefined && void open(make.data.source.id)}>
            I have kept them: open the source
          </Button>
        </Stack>
      ) : choices.data?.items.length === 0 ? (
        <Empty
          title="A source stands on a connection"
          action={<LinkButton to="/connections/new">Connect a bucket</LinkButton>}
        >
          Connect a bucket first; then its pictures can be served.
        </Empty>
      ) : (
        <form noValidate onSubmit={form.onSubmit((values) => make.mutate(values))}>
          <Stack gap={16}>
            {make.isError && <ProblemNotice error={make.error} />}
            <SourceFields form={form} fold />
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
