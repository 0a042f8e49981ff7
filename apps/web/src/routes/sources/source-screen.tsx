import { Anchor, Skeleton, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { DeleteSource } from '../../features/sources/delete-source.tsx';
import { FirstPicture } from '../../features/sources/first-picture.tsx';
import { PicturePicker } from '../../features/sources/picture-picker.tsx';
import { Preview } from '../../features/sources/preview.tsx';
import { sourceQuery } from '../../features/sources/queries.ts';
import { SigningKeys } from '../../features/sources/signing-keys.tsx';
import { SourceSettingsForm } from '../../features/sources/source-settings-form.tsx';
import { hasRole } from '../../features/teams/choose-team.ts';
import { useTeam } from '../../features/teams/current-team.tsx';
import { DemoMark } from '../../ui/demo-mark.tsx';
import { Middle } from '../../ui/middle.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';

const route = getRouteApi('/app/sources/$sourceId');

/** One source: choose a picture, change its parameters, take its URL; then keys and settings. */
export const SourceScreen = () => {
  const { sourceId } = route.useParams();
  const { path, below = '' } = route.useSearch();
  const navigate = useNavigate({ from: '/sources/$sourceId' });
  const { teamId, role } = useTeam();
  const query = useQuery(sourceQuery(teamId, sourceId));
  const [keys, setKeys] = useState<{ secureKey: string; secureSalt: string } | null>(null);
  if (query.isPending) {
    return (
      <Stack gap={16} role="status" aria-label="Loading the source">
        <Skeleton height={28} width={240} />
        <Skeleton height={360} />
      </Stack>
    );
  }
  if (query.data === undefined) {
    return (
      <>
        <PageHeader title="Image source" />
        <ProblemNotice error={query.error} retry={() => void query.refetch()} />
      </>
    );
  }
  const { value: source, etag } = query.data;
  const mayWrite = hasRole(role, 'admin');
  return (
    <>
      <PageHeader
        title={source.name}
        about={
          <>
            <Middle text={source.baseUrl} longest={64} mono /> on{' '}
            <Anchor component={Link} to={`/connections/${source.connectionId}`} underline="always" inherit>
              <Middle text={source.connectionName} longest={32} />
            </Anchor>
          </>
        }
        aside={source.demo && <DemoMark />}
        actions={mayWrite && <DeleteSource source={source} />}
      />
      <Stack gap={32}>
        <PicturePicker
          source={source}
          below={below}
          chosen={path}
          onBelow={(prefix) =>
            void navigate({
              search: (old) => ({ ...old, below: prefix === '' ? undefined : prefix }),
              replace: true,
            })
          }
          onChoose={(chosen) =>
            void navigate({ search: (old) => ({ ...old, path: chosen }), replace: path === undefined })
          }
        />
        {path === undefined ? (
          <FirstPicture
            source={source}
            below={below}
            onFound={(found) => void navigate({ search: (old) => ({ ...old, path: found }), replace: true })}
          />
        ) : (
          <Preview source={source} path={path} />
        )}
        <div className="wl-two">
          {mayWrite && <SourceSettingsForm key={etag} source={source} etag={etag} onKeys={setKeys} />}
          {(source.secured || source.signingKeySetAt !== null) && (
            <SigningKeys source={source} mayWrite={mayWrite} fresh={keys} />
          )}
        </div>
      </Stack>
    </>
  );
};
